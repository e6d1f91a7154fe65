"""The words that the corpus is made of: those of reports on work and social protection, the most frequent first.

All nouns and verbs are regular, so that their forms follow from a rule.
"""


def apart(text: str) -> list[str]:
    """The words of a text: a list is quicker to read and to mend without quotes and commas."""
    return text.split()


NOUNS = apart("""
worker union member country training campaign scheme right government partner workshop community network organisation
pension contribution employer participant woman's-group leader benefit report factory programme law proposal ministry
agreement wage activist fund committee village survey accident trainer clinic household insurance-card coverage-gap
reform meeting platform federation budget demand consultation labour-inspector contract visit farmer driver vendor
homeworker migrant pensioner patient nurse lawyer researcher journalist mediator delegate volunteer coordinator
hospital school market port garment-line brick-kiln plantation workplace office shelter hotline radio-show newsletter
poster manual checklist questionnaire interview photograph video hearing petition strike march court-case verdict
regulation decree guideline convention standard indicator target baseline finding recommendation lesson obstacle delay
risk hazard injury illness disability allowance subsidy loan saving cooperative premium ceiling threshold register
identity-card birth-certificate form signature deadline appeal complaint answer refusal payment invoice audit
inspection visit-plan helmet glove ladder machine boiler chemical fire-exit alarm exercise drill shift overtime-hour
rest-day holiday salary-slip pay-gap promotion dismissal notice severance-fund tribunal judge minister mayor parliament
district province border airport recruiter agency passport visa remittance bank phone-line application database map
chart summary annex draft chapter translation subtitle interpreter session module role-play group-task presentation
debate vote resolution statement constitution congress election mandate fee audit-trail secretariat donor grant
milestone evaluation follow-up question method tool resource archive library season harvest flood drought cyclone
earthquake river road bridge bus train-line ferry kitchen canteen toilet well pump crop seed loom needle basket boat
net
""")

VERBS = apart("""
support demand organise train discuss explain present report extend reform register collect visit cover propose adopt
approve reject postpone implement monitor document translate publish compare measure improve protect defend negotiate
draft review amend launch finance fund pay receive claim refuse settle mediate inspect close reopen repair replace
install test evaluate record interview film photograph map count estimate calculate reduce increase double triple raise
lower link merge renew elect nominate invite welcome thank host follow share repeat adapt develop design plan prepare
announce broadcast print deliver distribute store transport load cook plant water harvest mend clean treat vaccinate
refer admit discharge rescue shelter
""")

ADJECTIVES = apart("""
social national informal local young universal decent new public regional legal safe collective fair sustainable
tripartite rural urban joint practical democratic independent effective inclusive vulnerable occupational annual
monthly first second final long short difficult simple clear common shared equal affordable accessible free voluntary
mandatory temporary permanent seasonal domestic foreign private small large old recent early late strong weak reliable
transparent careful patient bold quiet open technical financial medical digital mobile printed bilingual coastal
mountainous crowded distant neighbouring dangerous dusty hot flooded overdue unpaid underpaid uninsured
""")

PATTERNS = (
    "The {adjective} {noun} in {place} {past} {number} {nouns} and their {adjective} {nouns}",
    "{Nouns} from {place} {past} the {noun} before the {noun} of {name} {past} it",
    "After the {noun}, {number} {adjective} {nouns} {past} what the {noun} had {past}",
    "According to {name}, every {noun} should {verb} the {adjective} {noun} without a {noun}",
    "We {past} the {noun} with {name}, because the {adjective} {nouns} of {place} still {verb} their {nouns}",
    "It is the {noun} that {nouns} {verb} most, not the {adjective} {noun}",
    "Although the {noun} {past} only {number} {nouns}, its {adjective} {noun} was shared by all {nouns}",
    "{Nouns} and {nouns} {verb} each other when a {adjective} {noun} is {past}",
    "In {place} the {nouns} who {past} the {noun} are often {adjective} {nouns} themselves",
    "The {noun} will {verb} {adjective} {nouns} until the {noun} of {name} is {past}",
    "Between {place} and {place}, {number} {nouns} had no {adjective} {noun}",
    "{Nouns} asked how a {noun} can {verb} {nouns} if nobody {past} the {noun}",
)
TITLES = (
    "{Adjective} {nouns} {verb} the {noun} in {place}",
    "How {nouns} of {place} {past} a {adjective} {noun}",
    "{Number} {nouns} for {adjective} {nouns}: {name} on the {noun}",
    "What the {noun} of {place} means for {nouns}",
    "{Nouns}, {nouns} and the {adjective} {noun}",
)

AUTHORS = ("Anjali Rai", "Sokha Chan", "Rahima Khatun", "Budi Santoso", "Liza Ramos", "Nimal Perera", "Thuy Nguyen")
COUNTRIES = (
    "Bangladesh", "Cambodia", "India", "Indonesia", "Laos", "Malaysia",
    "Myanmar", "Nepal", "Pakistan", "Philippines", "Sri Lanka", "Vietnam",
)  # fmt: skip
THEMES = (
    "Social protection", "Occupational safety", "Collective bargaining", "Informal work", "Health insurance",
    "Gender equality", "Living wages", "Migrant rights", "Old-age pensions", "Young workers", "Garment industry",
    "Social dialogue", "Maternity protection", "Employment injury", "Domestic work", "Unemployment support",
    "Just transition", "Platform work", "Care economy", "Paid sick leave",
)  # fmt: skip

# Texts in the scripts that the network writes: (words, what stands between them, how a sentence ends).
SCRIPTS = {
    "bn": (
        apart("""শ্রমিক ইউনিয়ন সামাজিক সুরক্ষা অধিকার কাজ মজুরি নারী সদস্য প্রশিক্ষণ স্বাস্থ্য দেশ সরকার আইন কারখানা নিরাপত্তা সংগঠন
        আলোচনা দাবি পেনশন বীমা দুর্ঘটনা পরিবার গ্রাম শহর নতুন জাতীয় স্থানীয় তরুণ এবং জন্য থেকে সঙ্গে তাদের আমাদের একটি
        হয়েছে করেছে বলেছেন চিকিৎসা সভা প্রতিবেদন নেতা কমিটি মালিক চুক্তি বছর সুবিধা প্রকল্প"""),
        " ",
        "।",
    ),
    "ne": (
        apart("""श्रमिक युनियन सामाजिक सुरक्षा अधिकार काम ज्याला महिला सदस्य तालिम स्वास्थ्य देश सरकार कानून कारखाना सुरक्षित संगठन
        छलफल माग निवृत्तिभरण बीमा दुर्घटना परिवार गाउँ सहर नयाँ राष्ट्रिय स्थानीय युवा र लागि बाट सँग उनीहरूको हाम्रो एउटा
        भएको गरेको भने उपचार बैठक प्रतिवेदन नेता समिति रोजगारदाता सम्झौता वर्ष सुविधा कार्यक्रम"""),
        " ",
        "।",
    ),
    "km": (
        apart("""កម្មករ សហជីព សង្គម ការពារ សិទ្ធិ ការងារ ប្រាក់ឈ្នួល ស្ត្រី សមាជិក វគ្គបណ្តុះបណ្តាល សុខភាព ប្រទេស រដ្ឋាភិបាល ច្បាប់ រោងចក្រ
        សុវត្ថិភាព អង្គការ ពិភាក្សា តម្រូវការ ប្រាក់សោធន ធានារ៉ាប់រង គ្រោះថ្នាក់ គ្រួសារ ភូមិ ទីក្រុង ថ្មី ជាតិ មូលដ្ឋាន យុវជន និង
        សម្រាប់ ពី ជាមួយ របស់ យើង មួយ បាន ធ្វើ និយាយ ព្យាបាល ប្រជុំ របាយការណ៍ មេដឹកនាំ គណៈកម្មាធិការ និយោជក កិច្ចសន្យា ឆ្នាំ"""),
        # Khmer writes the words of a phrase without a space.
        "",
        "។",
    ),
}

SYLLABLES = apart("ba chi da gha hi jo ka lu ma nu pa ra si ta tha va wa ya zi khu mon pur dar lang")
