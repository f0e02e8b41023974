"""The words of business cards in the common languages, folded: labels, titles, firms, streets."""

EMAIL, PHONE, MOBILE, FAX, URL, POSTAL, REGISTER, NAME, TITLE, ORG = (
    "email", "phone", "mobile", "fax", "url", "postal", "register", "name", "title", "org"
)  # fmt: skip

LABELS: dict[str, str] = {
    word: kind
    for kind, words in {
        EMAIL: "e email e-mail mail courriel correo mailto eml @ electronico posta",
        PHONE: "t tel tel. telefon telefono telephone telefone phone ph p office o direct d fon"
        " dir direkt durchwahl buro bureau fixe fijo fisso landline work main zentrale switchboard"
        " ddi hotline telefoon tfn tlf call voice reception puh tlfn centralino standard",
        MOBILE: "m mob mob. mobil mobile cell celular movil cellulare handy gsm portable port"
        " cellphone natel mobiel telemovel whatsapp wa cel iphone matkapuhelin komorka",
        FAX: "f fax fax. telefax fx facsimile telecopie telefaks",
        URL: "w web website www url site internet homepage http https sitio webseite linkedin"
        " twitter x github instagram facebook xing skype",
        POSTAL: "a addr address adresse anschrift direccion indirizzo endereco adres adr postal"
        " visit besuchsadresse hq headquarters sitz",
        REGISTER: "vat ust ust-id ustid uid hrb hra hr iban bic swift siret siren rcs nif cif"
        " abn acn ein tva p.iva piva kvk btw cvr org.nr orgnr registergericht amtsgericht steuernr"
        " handelsregister reg registration company-no crn pan gstin cnpj cpf ico dic nip regon"
        " krs license lic account konto dre",
        NAME: "name nom nombre nome naam",
        TITLE: "title position role titel funktion poste cargo ruolo functie",
        ORG: "company firma organization organisation societe empresa azienda bedrijf org",
    }.items()
    for word in words.split()
}

TITLES = frozenset(
    ["ceo", "cto", "cfo", "coo", "cmo", "cio", "cpo", "ciso", "cro", "chro", "cso", "vp", "svp",
     "evp", "avp", "md", "president", "vice-president", "chairman", "chairwoman", "chair",
     "founder", "co-founder", "cofounder", "founding", "owner", "partner", "director", "directeur",
     "directrice", "direktor", "direktorin", "direttore", "diretor", "diretora", "directora",
     "manager", "management", "managing", "head", "chief", "officer", "lead", "leader", "leiter",
     "leiterin", "engineer", "engineering", "ingenieur", "ingenieurin", "ingenieure", "ingeniera",
     "ingegnera", "engenheira", "chefin", "gerenta", "associe", "associee", "avocate",
     "consultante", "conseiller", "conseillere", "assistante", "adjoint", "adjointe",
     "commerciale", "ricercatore", "ricercatrice", "investigador", "investigadora", "pesquisador",
     "onderzoeker", "ontwikkelaar", "verkoper", "inkoper", "zaakvoerder", "bestuurder", "vennoot",
     "saljare", "forsaljningschef", "projektledare", "grundare", "delagare", "daglig", "partnerin",
     "investment", "scientifique", "chercheur", "chercheuse", "enseignant", "law", "ingeniero",
     "ingegnere", "engenheiro", "developer", "entwickler", "entwicklerin", "desarrollador",
     "developpeur", "programmer", "architect", "architekt", "architektin", "architecte",
     "arquitecto", "designer", "consultant", "berater", "beraterin", "consultor", "consultora",
     "consulente", "adviser", "advisor", "analyst", "analista", "analyste", "scientist",
     "researcher", "research", "professor", "professorin", "lecturer", "teacher", "assistant",
     "assistentin", "assistenz", "secretary", "sekretar", "coordinator", "koordinator",
     "coordinador", "specialist", "executive", "associate", "principal", "senior", "junior",
     "sales", "marketing", "product", "operations", "account", "business", "development",
     "strategist", "editor", "journalist", "redakteur", "redakteurin", "writer", "photographer",
     "fotograf", "fotografin", "artist", "attorney", "lawyer", "anwalt", "rechtsanwalt",
     "rechtsanwaltin", "avocat", "abogado", "avvocato", "counsel", "paralegal", "notary", "notar",
     "accountant", "auditor", "controller", "treasurer", "buchhalter", "investor", "banker",
     "broker", "agent", "realtor", "representative", "vertreter", "vertrieb", "vertriebsleiter",
     "geschaftsfuhrer", "geschaftsfuhrerin", "geschaftsfuhrender", "gesellschafter", "inhaber",
     "inhaberin", "grunder", "grunderin", "vorstand", "prokurist", "projektleiter",
     "projektleiterin", "teamleiter", "abteilungsleiter", "gerente", "jefe", "jefa", "socio",
     "socia", "fundador", "fundadora", "fondateur", "fondatrice", "gerant", "gerante",
     "responsable", "responsabile", "responsavel", "charge", "chargee", "chef", "cheffe",
     "titolare", "amministratore", "presidente", "oprichter", "eigenaar", "adviseur", "medewerker",
     "physician", "doctor", "dentist", "surgeon", "nurse", "therapist", "psychologist", "arzt",
     "arztin", "technician", "techniker", "technologist", "administrator", "admin", "supervisor",
     "trainer", "coach", "mentor", "student", "intern", "trainee", "candidate", "fellow",
     "postdoc", "dean", "recruiter", "recruiting", "talent", "buyer", "einkauf", "purchasing",
     "procurement", "evangelist", "advocate", "ambassador", "producer", "curator", "librarian",
     "planner", "organizer", "strategy", "commercial", "technical", "creative", "general",
     "global", "regional", "deputy", "interim", "vice", "kierownik", "dyrektor", "prezes",
     "specjalista", "inzynier", "ugyvezeto", "igazgato", "vezeto", "mernok", "reditel", "jednatel",
     "vedouci", "johtaja", "toimitusjohtaja", "paallikko", "leder", "sjef", "konsulent",
     "ingenjor", "vd", "utvecklare", "mudur", "muduru", "kurucu", "uzmani", "muhendis", "solicitor",
     "barrister", "arquiteta", "arquitecta", "architetto", "advogado", "advogada", "abogada",
     "avvocata", "advocaat", "advokat", "giam", "truong", "yonetici", "sahibi", "jednatelka",
     "wlasciciel", "agronomist", "optometrist", "veterinarian", "pharmacist", "chiropractor",
     "underwriter", "surveyor", "estimator", "captain", "minister",
     "reporter", "correspondent", "publisher", "translator", "interpreter", "stylist", "decorator",
     "electrician", "plumber", "contractor", "caterer", "florist",
     "merchandiser", "inspector", "superintendent", "commissioner", "councillor", "councilor",
     "senator", "attache", "consul", "ambassadeur", "registrar", "provost", "chancellor", "rector",
     "instructor", "tutor", "superviseur", "vendeur", "vendeuse", "acheteur", "comptable",
     "secretaire", "notaire", "medecin", "dirigente", "impiegato", "commercialista", "geometra",
     "vendedor", "vendedora", "comprador", "contador", "contadora", "asesor", "asesora",
     "encargado", "encargada", "subdirector", "subdirectora", "subgerente", "coordenador",
     "coordenadora", "supervisora"]
)  # fmt: skip

LEGAL_FORMS = frozenset(
    ["inc", "llc", "ltd", "limited", "gmbh", "ag", "kg", "ug", "ohg", "gbr", "ev", "se", "sa",
     "sas", "sarl", "srl", "spa", "snc", "bv", "nv", "ab", "as", "a/s", "aps", "oy", "oyj", "plc",
     "llp", "lp", "corp", "corporation", "co", "company", "pty", "pvt", "kft", "zrt", "nyrt", "bt",
     "sro", "doo", "dd", "sl", "slu", "lda", "ltda", "eirl", "sp", "zoo", "kk", "kgaa", "mbh",
     "eood", "ood", "ooo", "uab", "ou", "sia", "eg", "ek", "cv", "sagl", "sarl-s", "pbc", "pc",
     "incorporated", "gesmbh", "asa", "hf", "ehf", "as.", "sti", "tic"]
)  # fmt: skip
ORG_WORDS = frozenset(
    ["societe", "conseil", "compagnie", "cabinet", "groupe", "grupo", "gruppo", "gruppe",
     "bodegas", "maschinenfabrik", "maschinenbau", "ministerio", "ayuntamiento", "mairie", "stadt",
     "city", "council", "sociedad", "societa", "azienda", "impresa", "studio", "uniwersytet",
     "politechnika", "instytut", "fundacja", "univerzita", "egyetem", "yliopisto", "universitet",
     "universitetet", "hogeschool", "stichting", "vereniging", "laboratory", "laboratories",
     "laboratoire", "productions", "publishing", "airlines", "motors", "steel", "chemicals",
     "electric", "electronics", "semiconductor", "telecom", "ltda", "group", "holding", "holdings",
     "partners", "consulting", "consultants", "solutions", "services", "systems", "technologies",
     "technology", "software", "labs", "lab", "studios", "agency", "agentur", "agence",
     "university", "universitat", "universite", "universidad", "universita", "universidade",
     "institute", "institut", "instituto", "istituto", "college", "school", "schule", "hochschule",
     "foundation", "stiftung", "fondation", "fundacion", "association", "verein", "bank",
     "ventures", "capital", "invest", "investments", "industries", "international", "media",
     "verlag", "press", "hospital", "clinic", "klinik", "praxis", "ministry", "ministerium",
     "department", "logistics", "logistik", "pharma", "biotech", "energy", "robotics", "analytics",
     "design", "digital", "networks", "global", "enterprises", "associates", "architects",
     "architekten", "kanzlei", "rechtsanwalte", "ingenieurburo", "werke", "bau", "cloud", "data",
     "payments", "insurance", "versicherung", "realty", "estate", "hotel", "restaurant", "cafe",
     "museum", "theater", "gallery", "galerie", "centre", "center", "zentrum", "society", "trust",
     "works", "dynamics", "foods", "health", "medical", "manufacturing", "engineering", "advisory",
     "collective", "cooperative", "union", "club"]
)  # fmt: skip

STREETS = (
    "street", "st.", "road", "rd.", "avenue", "ave", "blvd", "boulevard", "lane", "drive", "suite",
    "floor", "square", "plaza", "highway", "hwy", "court", "terrace", "way ", "straße", "strasse",
    "str.", "weg ", "platz", "gasse", "allee", "ufer", "damm", "rue ", "chemin", "quai", "place ",
    "calle", "c/ ", "avda", "avenida", "paseo", "via ", "viale", "piazza", "corso", "rua ",
    "largo ", "travessa", "straat", "laan", "plein", "gracht", "kade", "gade", "gatan", "vagen",
    "vej ", "gate ", "veien", "katu", "tie ", "ul.", "ulica", "utca", "namesti", "cad.", "sok.",
    "p.o. box", "po box", "postfach", "building", "bldg", "ut ", "ter ", "korut", "al.", "nagar",
)  # fmt: skip
"""Spelt as they stand inside a folded line; with a digit beside them they mean an address."""

CONNECTORS = frozenset(
    ["of", "for", "and", "&", "the", "de", "der", "des", "du", "la", "fur", "und", "et", "y", "di",
     "e", "van", "voor", "en", "in", "to", "at", "-", "/", "del", "da", "do", "dla", "i", "a",
     "og", "och", "ja"]
)  # fmt: skip

TOPS = frozenset(
    ["com", "org", "net", "io", "co", "ai", "de", "at", "ch", "fr", "es", "it", "nl", "be", "pt",
     "uk", "ie", "us", "ca", "eu", "dev", "app", "me", "info", "biz", "edu", "gov", "se", "no",
     "dk", "fi", "pl", "cz", "hu", "ro", "gr", "tr", "il", "in", "cn", "jp", "kr", "sg", "hk",
     "tw", "au", "nz", "br", "mx", "ar", "cl", "za", "ru", "ua", "lu", "li", "sk", "si", "hr",
     "rs", "bg", "ee", "lv", "lt", "is", "tech", "cloud", "studio", "design", "agency", "xyz",
     "online", "site", "shop", "store", "software", "systems", "solutions", "consulting",
     "capital", "vc", "tv", "ventures", "partners", "group", "company", "digital", "media",
     "world", "global", "email", "team", "law", "legal", "health", "bio", "earth", "energy",
     "work", "works", "ly", "th", "vn", "id", "my", "ph", "ae", "sa", "eg", "ke", "ng", "ma",
     "pk", "pe", "cy", "mt", "photography", "photo", "photos", "art", "life", "live", "space",
     "pro", "academy", "education", "university", "school", "clinic", "care", "dental", "doctor",
     "engineering", "financial", "finance", "fund", "money", "market", "marketing", "coach",
     "training", "restaurant", "cafe", "kitchen", "wine", "hotel", "travel", "tours", "house",
     "homes", "properties", "realty", "estate", "land", "builders", "construction", "fashion",
     "beauty", "style", "gallery", "film", "studios", "productions", "network", "zone", "today",
     "news", "press", "blog", "social", "community", "foundation", "church", "gmbh", "ltd",
     "llc", "inc", "immo", "berlin", "hamburg", "koeln", "bayern", "wien", "paris", "london",
     "nyc", "tokyo", "amsterdam", "swiss", "cat", "eus", "gal", "scot", "wales", "asia", "mobi",
     "jobs", "pub", "one", "top", "vip", "club", "fun", "games", "coop", "aero", "museum", "ink",
     "guide", "kz", "by", "ge", "az", "uz", "md", "mk", "ba", "al", "mn", "np", "lk", "bd", "kh",
     "mm", "bn", "mo", "om", "qa", "kw", "bh", "jo", "lb", "iq", "ir", "dz", "tn", "sn", "ci",
     "cm", "gh", "ug", "tz", "zm", "zw", "mz", "ao", "bw", "et", "rw", "mu", "ec", "bo", "py",
     "uy", "ve", "cr", "pa", "gt", "hn", "sv", "cu", "jm", "tt", "gi", "mc", "ad", "sm", "fo",
     "gl", "im", "je", "gg", "nu", "ac", "tk", "ws"]
)  # fmt: skip
"""Endings after which a word without `www.` is taken for a web address."""

REGISTERED = (
    "geschaftsfuhrer", "geschaftsfuhrung", "geschaftsfuhrerin", "vorstand", "aufsichtsrat",
    "vorsitzender", "vorsitzende", "sitz der gesellschaft", "sitz", "registergericht",
    "amtsgericht", "handelsregister", "managing directors", "registered office", "registered in",
    "company number", "company registration", "siege social", "capital social", "sede legale",
    "domicilio social", "vertretungsberechtigt", "komplementarin", "personlich haftend",
)  # fmt: skip
"""How lines begin that name the company's officers and its register, and no person of the card."""

EAST_ORGS = (
    "株式会社",
    "有限会社",
    "合同会社",
    "有限公司",
    "公司",
    "集团",
    "大学",
    "주식회사",
    "(주)",
    "대학교",
)
EAST_TITLES = (
    "社長", "部長", "課長", "係長", "取締役", "代表", "主任", "教授", "经理", "經理", "总裁",
    "總裁", "总监", "总经理", "工程师", "대표", "이사", "부장", "과장", "팀장", "교수", "會長",
    "会长", "董事", "主席", "顾问", "顧問", "律师", "律師", "弁護士", "税理士", "医师", "醫師",
    "医生", "老师", "主管", "专员", "專員", "助理", "秘书", "秘書", "店长", "店長", "院长",
    "院長", "校长", "校長", "厂长", "廠長", "创始人", "創辦人", "工程師", "设计师", "設計師",
    "總監", "總經理", "協理", "襄理", "副总", "副總", "専務", "常務", "執行役員", "次長",
    "室長", "所長", "支店長", "研究員", "技師", "博士", "硕士", "业务员", "業務員",
    "차장", "대리", "사원", "원장", "사장", "회장", "변호사",
)  # fmt: skip
"""Parts of company names and titles in Chinese, Japanese and Korean."""
