// Checks an award in the reader's own browser: fetches what this site has published of it, and compares.
const form = document.getElementById("hub-verify");
const verdict = document.getElementById("hub-verdict");
const words = document.getElementById("hub-verdicts").content;
const scan = document.getElementById("hub-scan");
const camera = document.getElementById("hub-camera");
const { award: field, file: chooser, email } = form.elements;
const awards = new URL(form.dataset.awards, location);
const NUMBER = /^[0-9a-f]{32}$/;

class Verdict extends Error {}
const found = (state) => { throw new Verdict(state); };

// --- what is asked ---

const parsed = (text) => {
  try {
    return new URL(/^[a-z]+:/i.test(text) ? text : `https://${text}`);
  } catch {
    return found("unclear");
  }
};
const place = (address) => new URL(address).host + new URL(address).pathname;
const sites = [awards.href, form.dataset.site].map(place);

// The number in a link to this site: to the page or the data, as published or where the reader sees the site now.
const numberIn = (text) => {
  const word = text.trim();
  if (NUMBER.test(word.toLowerCase())) return word.toLowerCase();
  if (!/[./]/.test(word)) found("unclear");
  const { href, searchParams } = parsed(word);
  const base = sites.find((each) => place(href).startsWith(each));
  const isVerify = sites.some((each) => place(href) === each.replace(/awards\/$/, "verify/"));
  if (isVerify && NUMBER.test(searchParams.get("award"))) return searchParams.get("award");
  if (!base) found("elsewhere");
  const number = place(href).slice(base.length).replace(/(\/(index\.html)?|\.json)$/, "");
  return NUMBER.test(number) ? number : found("missing");
};

const readFile = async (file) => {
  try {
    const read = JSON.parse(await file.text());
    if (typeof read.id === "string" && "badge" in read) return read;
  } catch {
    // said below
  }
  return found("unreadable");
};

const published = async (number) => {
  let answer;
  try {
    // A copy in the browser's memory would not know that the award has been revoked.
    answer = await fetch(new URL(`${number}.json`, awards), { cache: "no-store" });
  } catch {
    found("offline");
  }
  if (answer.status === 404 || answer.status === 410) found("missing");
  if (!answer.ok) found("offline");
  try {
    return await answer.json();
  } catch {
    return found("changed");
  }
};

// --- what is compared ---

// JSON with sorted keys and no spaces: the form of which the hub makes the digest (RFC 8785).
const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
};

const sha256 = async (text) => {
  if (!globalThis.crypto?.subtle) found("unable");
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return `sha256$${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
};

// Whether what is said to other programs is what the record says.
const agrees = ({ record, digest, recipient, ...said }, number) =>
  record?.id === number
  && said.id === `${form.dataset.site}${number}.json`
  && said.badge.startsWith(form.dataset.credentials) && said.badge.endsWith("/badge.json")
  && said.issuedOn.startsWith(record.date)
  && Boolean(said.revoked) === Boolean(record.revoked)
  && (said.revocationReason ?? "") === (record.reason ?? "")
  && (recipient?.identity ?? "") === (record.recipient ?? "")
  && (recipient?.salt ?? "") === (record.salt ?? "")
  && Boolean(said.expires) === Boolean(record.expires && !record.revoked);

const stateOf = ({ revoked, expires }) => {
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => `${part}`.padStart(2, "0")).join("-");
  if (revoked) return "revoked";
  return expires && expires < today ? "expired" : "valid";
};

const check = async (number, shown) => {
  const assertion = await published(number);
  const { record, digest } = assertion;
  if (!record || !agrees(assertion, number) || await sha256(canonical(record)) !== digest) found("changed");
  const state = stateOf(record);
  // The file of an award that has been revoked since differs, and that is not what matters then.
  if (shown && state !== "revoked" && canonical(shown) !== canonical(assertion)) found("changed");
  return { state, assertion };
};

// --- what is said ---

const copyOf = (selector) => words.querySelector(selector).cloneNode(true);

const say = (state, ...more) => {
  const notice = copyOf(`[data-state="${state}"]`);
  notice.append(...more);
  verdict.replaceChildren(notice);
  verdict.scrollIntoView({ block: "nearest" });
};

const link = (address, text) => Object.assign(document.createElement("a"), { href: address, textContent: text });

// The day first also in English, as on all pages.
const spoken = form.dataset.language === "en" ? "en-GB" : form.dataset.language;
const day = (text) => new Date(`${text}T00:00:00Z`).toLocaleDateString(spoken, { dateStyle: "long", timeZone: "UTC" });

// An address of this site, where the reader sees the site now.
const here = (address) => address.replace(form.dataset.credentials, new URL("../", awards).href);

// The names of the credential and its issuer stand in files of their own; without them the verdict is the same.
const named = async (address) => {
  try {
    return await (await fetch(here(address))).json();
  } catch {
    return {};
  }
};

const facts = async ({ record, badge }) => {
  const credential = await named(badge);
  const issuer = credential.issuer ? await named(credential.issuer) : {};
  const values = {
    credential: credential.name && link(here(badge).replace(/badge\.json$/, ""), credential.name),
    issuer: issuer.name,
    name: record.name,
    date: day(record.date),
    expires: record.expires && day(record.expires),
    revoked: record.revoked && day(record.revoked),
    reason: record.reason,
    page: link(new URL(`${record.id}/`, awards).href, `${form.dataset.site}${record.id}/`),
  };
  const list = copyOf("dl");
  for (const row of list.children) {
    const value = values[row.dataset.fact];
    if (value) row.querySelector("dd").append(value);
    else row.hidden = true;
  }
  return list;
};

const owner = async ({ recipient, salt }) => {
  const address = email.value.trim().toLowerCase();
  if (!address) return "";
  if (!recipient) return copyOf('[data-owner="gone"]');
  return copyOf(`[data-owner="${await sha256(address + salt) === recipient ? "yes" : "no"}"]`);
};

const verify = async () => {
  const [file] = chooser.files;
  if (!file && !field.value.trim()) return say("nothing");
  say("checking");
  try {
    const shown = file && await readFile(file);
    const { state, assertion } = await check(numberIn(shown ? shown.id : field.value), shown);
    say(state, await owner(assertion.record));
    verdict.append(await facts(assertion));
  } catch (error) {
    if (!(error instanceof Verdict)) throw error;
    say(error.message);
  }
};

// --- the camera, where the browser reads QR codes ---

const stopScanning = () => {
  for (const track of camera.srcObject?.getTracks() ?? []) track.stop();
  camera.srcObject = null;
  camera.hidden = true;
  scan.setAttribute("aria-pressed", "false");
};

const startScanning = async () => {
  try {
    camera.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    return say("blocked");
  }
  scan.setAttribute("aria-pressed", "true");
  camera.hidden = false;
  await camera.play();
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  while (camera.srcObject) {
    const [code] = await detector.detect(camera).catch(() => []);
    if (code) {
      stopScanning();
      chooser.value = "";
      field.value = code.rawValue;
      return verify();
    }
    await new Promise((resolve) => { setTimeout(resolve, 200); });
  }
};

const canScan = async () =>
  "BarcodeDetector" in globalThis
  && Boolean(navigator.mediaDevices?.getUserMedia)
  && (await BarcodeDetector.getSupportedFormats()).includes("qr_code");

canScan().then((can) => { scan.hidden = !can; });
scan.addEventListener("click", () => (camera.srcObject ? stopScanning() : startScanning()));
addEventListener("pagehide", stopScanning);

// What was chosen last counts.
field.addEventListener("input", () => { chooser.value = ""; });
chooser.addEventListener("change", () => { if (chooser.files.length) field.value = ""; });
form.addEventListener("submit", (event) => {
  event.preventDefault();
  verify();
});
form.noValidate = true;
form.hidden = false;

const asked = new URL(location).searchParams.get("award");
if (asked) {
  field.value = asked;
  verify();
}
