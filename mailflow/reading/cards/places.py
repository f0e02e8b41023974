"""Where a card comes from: countries, cities, legal forms and letters that tell a region."""

from collections.abc import Iterable, Iterator

import phonenumbers

from mailflow.model.text import folded, printable
from mailflow.reading.cards import postcodes

COUNTRIES = {
    name: region
    for region, names in {
        "DE": "germany,deutschland,allemagne,alemania,germania", "AT": "austria,osterreich",
        "CH": "switzerland,schweiz,suisse,svizzera", "FR": "france,frankreich,francia",
        "ES": "spain,espana,spanien", "IT": "italy,italia,italien", "PT": "portugal",
        "NL": "netherlands,the netherlands,nederland,holland,niederlande",
        "BE": "belgium,belgique,belgie,belgien", "BR": "brazil,brasil", "IE": "ireland,eire",
        "GB": "united kingdom,uk,u.k,england,scotland,wales,great britain,northern ireland",
        "US": "usa,u.s.a,united states,united states of america,us,u.s", "CA": "canada",
        "MX": "mexico", "IN": "india", "CN": "china,p.r. china,pr china", "JP": "japan",
        "SG": "singapore", "AU": "australia", "NZ": "new zealand", "SE": "sweden,sverige",
        "NO": "norway,norge", "DK": "denmark,danmark", "FI": "finland,suomi",
        "PL": "poland,polska", "CZ": "czech republic,czechia,ceska republika",
        "HU": "hungary,magyarorszag", "RO": "romania", "GR": "greece,hellas",
        "TR": "turkey,turkiye", "IL": "israel", "ZA": "south africa", "AR": "argentina",
        "CL": "chile", "CO": "colombia", "EE": "estonia,eesti", "LV": "latvia",
        "LT": "lithuania,lietuva", "LU": "luxembourg", "SK": "slovakia,slovensko",
        "SI": "slovenia,slovenija", "HR": "croatia,hrvatska", "RS": "serbia,srbija",
        "UA": "ukraine", "RU": "russia", "KR": "south korea,korea,republic of korea",
        "HK": "hong kong", "TW": "taiwan", "TH": "thailand", "VN": "vietnam,viet nam",
        "ID": "indonesia", "MY": "malaysia", "PH": "philippines", "EG": "egypt",
        "SA": "saudi arabia,ksa", "AE": "uae,u.a.e,united arab emirates,dubai,abu dhabi",
        "KE": "kenya", "NG": "nigeria", "MA": "morocco,maroc", "PK": "pakistan", "PE": "peru",
        "IS": "iceland", "CY": "cyprus", "MT": "malta", "BG": "bulgaria", "GH": "ghana",
        "TN": "tunisia,tunisie", "QA": "qatar", "UY": "uruguay", "EC": "ecuador",
        "CR": "costa rica", "LK": "sri lanka", "BD": "bangladesh",
    }.items()
    for name in names.split(",")
}  # fmt: skip
CITIES = {
    name: region
    for region, names in {
        "DE": "berlin,hamburg,munchen,munich,koln,cologne,frankfurt,stuttgart,dusseldorf,leipzig,"
        "dresden,hannover,nurnberg,bremen,karlsruhe,mannheim,bonn,dortmund,essen,freiburg",
        "AT": "wien,vienna,graz,linz,salzburg,innsbruck",
        "CH": "zurich,geneva,geneve,genf,basel,bern,lausanne,lugano,luzern,zug,winterthur",
        "FR": "paris,lyon,marseille,toulouse,nice,nantes,bordeaux,lille,strasbourg,montpellier,"
        "rennes,grenoble", "ES": "madrid,barcelona,sevilla,bilbao,malaga,zaragoza",
        "IT": "roma,rome,milano,milan,torino,napoli,bologna,firenze,genova,verona,padova,venezia",
        "PT": "lisboa,lisbon,porto,braga,coimbra", "IE": "dublin,cork,galway",
        "NL": "amsterdam,rotterdam,utrecht,eindhoven,den haag,delft,groningen,leiden",
        "BE": "brussels,bruxelles,brussel,antwerpen,gent,leuven,liege",
        "GB": "london,manchester,birmingham,edinburgh,glasgow,leeds,bristol,oxford",
        "SE": "stockholm,goteborg,malmo,uppsala,lund", "NO": "oslo,bergen,trondheim,stavanger",
        "DK": "kobenhavn,copenhagen,aarhus,odense", "FI": "helsinki,espoo,tampere,turku,oulu",
        "PL": "warszawa,warsaw,krakow,wroclaw,gdansk,poznan,lodz,katowice",
        "CZ": "praha,prague,brno,ostrava,plzen", "HU": "budapest,debrecen,szeged,pecs,gyor",
        "RO": "bucuresti,bucharest,cluj-napoca,timisoara,iasi,brasov",
        "GR": "athens,athina,thessaloniki", "TR": "istanbul,ankara,izmir,bursa,antalya",
        "IL": "tel aviv,jerusalem,haifa",
        "IN": "mumbai,bangalore,bengaluru,delhi,new delhi,hyderabad,chennai,pune,kolkata,gurgaon,"
        "noida", "CN": "beijing,shanghai,shenzhen,guangzhou,hangzhou",
        "JP": "tokyo,osaka,kyoto,nagoya,fukuoka", "KR": "seoul,busan,incheon", "TW": "taipei",
        "VN": "hanoi,ha noi,ho chi minh,da nang,saigon", "TH": "bangkok",
        "ID": "jakarta,bandung,surabaya", "MY": "kuala lumpur,penang", "PH": "manila,makati",
        "AU": "sydney,melbourne,brisbane,perth,adelaide,canberra", "NZ": "auckland,wellington",
        "CA": "toronto,montreal,vancouver,ottawa,calgary",
        "MX": "ciudad de mexico,guadalajara,monterrey,queretaro,cdmx",
        "BR": "sao paulo,rio de janeiro,belo horizonte,curitiba,porto alegre,brasilia",
        "AR": "buenos aires,cordoba,rosario", "CL": "santiago", "CO": "bogota,medellin,cali",
        "PE": "lima", "ZA": "johannesburg,cape town,durban,pretoria", "NG": "lagos,abuja",
        "KE": "nairobi", "EG": "cairo", "MA": "casablanca,rabat,marrakech,tanger",
        "EE": "tallinn,tartu", "LV": "riga", "LT": "vilnius,kaunas", "UA": "kyiv,kiev,lviv,odesa",
        "BG": "sofia", "HR": "zagreb,split", "SI": "ljubljana,maribor",
        "RS": "beograd,belgrade,novi sad", "SK": "bratislava,kosice",
        "US": "new york,san francisco,los angeles,chicago,boston,seattle,austin,palo alto,"
        "houston,miami,denver,atlanta,san jose,san diego,philadelphia,brooklyn",
    }.items()
    for name in names.split(",")
}  # fmt: skip
FORMS = {
    "gmbh": "DE", "kgaa": "DE", "ohg": "DE", "kft": "HU", "zrt": "HU", "nyrt": "HU", "spa": "IT",
    "srls": "IT", "sarl": "FR", "sas": "FR", "bv": "NL", "aps": "DK", "a/s": "DK", "oy": "FI",
    "oyj": "FI", "ab": "SE", "sro": "CZ", "zoo": "PL", "lda": "PT", "ltda": "BR", "sti": "TR",
    "pty": "AU", "pvt": "IN", "kk": "JP", "doo": "HR", "ou": "EE", "uab": "LT", "sia": "LV",
    "plc": "GB", "llc": "US", "inc": "US", "jsc": "VN", "eood": "BG", "slu": "ES", "asa": "NO",
}  # fmt: skip
LETTERS = {
    "őű": "HU", "ğışİ": "TR", "șțȘȚăĂ": "RO", "ãõÃÕ": "BR", "řěůŘĚŮ": "CZ", "łęąśźŁ": "PL",
    "ơưđạảấầậểệịọộợụủứừựỹ": "VN", "åÅ": "SE", "ñÑ": "ES", "ß": "DE", "øØæ": "DK", "ľĺŕ": "SK",
}  # fmt: skip
TLDS = {"uk": "GB", "su": "RU", "eu": ""}
GENERIC = frozenset(
    ["io", "co", "ai", "me", "tv", "cc", "ly", "to", "fm", "gg", "sh", "so", "is", "eu", "la", "vc",
     "gl", "ws", "nu", "id", "pro"]
)  # fmt: skip
"""Country endings that the whole world uses; they tell no region."""
MAX_PLACES = 80
MAX_LINE = 120
"""A longer line is a sentence of a disclaimer."""
SHORT_NAME = 5


def regions(places: Iterable[str], hosts: Iterable[str]) -> Iterator[str]:
    """The regions (ISO 3166) that a card's lines and domains speak for, strongest first."""
    lines = [text for place in places if len(text := printable(place)) <= MAX_LINE][:MAX_PLACES]
    yield from filter(None, (country(line) for line in lines))
    yield from filter(None, (postcodes.region(line) for line in lines))
    for host in hosts:
        ending = host.rpartition(".")[2].lower()
        code = TLDS.get(ending, ending.upper() if len(ending) == 2 else "")
        if code and ending not in GENERIC and code in phonenumbers.SUPPORTED_REGIONS:
            yield code
    yield from filter(None, (_city(line) for line in lines))
    for line in lines:
        words = folded(line).split()
        last = words[-1].replace(".", "").strip(",;") if words else ""
        if len(words) > 1 and last in FORMS:
            yield FORMS[last]
    joined = "".join(lines)
    yield from (code for letters, code in LETTERS.items() if set(letters) & set(joined))


def country(place: str) -> str:
    """The region of a line that ends with the name of a country, else nothing; short ones (`US`)
    count only in capitals, for "us" ends many a sentence."""
    for piece in reversed(_pieces(place)):
        words = piece.split()
        for count in (4, 3, 2, 1):
            name = " ".join(words[-count:])
            if (found := COUNTRIES.get(name)) is not None and (
                len(name) > SHORT_NAME or name.upper() in place
            ):
                return found
    return ""


def _city(place: str) -> str:
    """The region of a large city named in a line with a digit or a comma, else nothing."""
    if not any(c.isdigit() or c == "," for c in place):
        return ""
    for piece in reversed(_pieces(place)):
        words = [w for w in piece.split() if not any(c.isdigit() for c in w)]
        for count in (3, 2, 1):
            for at in range(len(words) - count + 1):
                if (found := CITIES.get(" ".join(words[at : at + count]))) is not None:
                    return found
    return ""


def city(place: str) -> str:
    """The region of a line that is or holds the name of a large city, else nothing."""
    return _city(f"{place},")


def _pieces(place: str) -> list[str]:
    parts = folded(place).replace(";", ",").replace(" - ", ",").split(",")
    return [text for part in parts if (text := part.strip(" ."))]
