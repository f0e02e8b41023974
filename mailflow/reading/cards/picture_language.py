"""The language of the words on a card, and the country where its given names are at home."""

from collections.abc import Iterable

from mailflow.model.text import folded

WORDS = {
    word: region
    for region, words in {
        "DE": "geschaftsfuhrer geschaftsfuhrerin strasse vertrieb leiter leiterin berater "
        "beraterin durchwahl rechtsanwalt rechtsanwaltin steuerberater inhaber inhaberin und "
        "postfach platz handy prokurist entwickler telefax",
        "FR": "telecopie directeur directrice rue gerant gerante responsable conseil ingenieur "
        "avocat avocate cedex chargee fixe portable",
        "ES": "movil calle gerente ventas abogado abogada ingeniero ingeniera directora jefe jefa "
        "fundador fundadora asesor",
        "IT": "cellulare viale piazza corso responsabile amministratore avvocato dott dottssa "
        "architetto vendite ufficio titolare",
        "PT": "telemovel morada", "BR": "vendas diretor diretora fone",
        "NL": "telefoon mobiel straat adviseur medewerker zaakvoerder eigenaar vennoot",
        "SE": "tfn saljare forsaljning verkstallande grundare vd vagen gatan agare",
        "NO": "tlf daglig leder salgssjef radgiver veien", "DK": "indehaver salgschef vej cvr",
        "FI": "puh toimitusjohtaja myyntipaallikko katu johtaja",
        "PL": "prezes kierownik dyrektor specjalista zarzadu handlowy nip regon",
        "CZ": "jednatel reditel obchodni namesti vedouci", "HU": "ugyvezeto igazgato utca iroda",
        "RO": "strada bulevardul", "TR": "mudur muduru sirketi genel kurucu",
        "VN": "giam cong thoai phong truong", "ID": "direktur jalan telp manajer",
        "JP": "kabushiki kaisha",
    }.items()
    for word in words.split()
}  # fmt: skip
"""Words of one language only, folded and without points."""
NAMES = {
    name: region
    for region, names in {
        "NG": "chinedu emeka oluwaseun folake ngozi chioma ifeoma adebayo tunde yemi olumide segun "
        "babatunde amaka uche obinna kelechi bukola adeola femi",
        "IN": "rajesh ramesh suresh mahesh sanjay vijay anil sunil ashok deepak rahul rohit amit "
        "vikram arjun karthik prakash manoj pradeep sandeep nikhil gaurav pooja anjali sunita "
        "kavita lakshmi ananya divya sneha swati meenakshi aishwarya aravind",
        "JP": "hiroshi takashi kenji kenta ichiro satoshi haruto yoko keiko sakura takeharu kazuo "
        "makoto daisuke",
        "TR": "mehmet mustafa huseyin murat emre burak caglar ayse emine hatice zeynep merve selin "
        "gulsen",
        "HU": "gabor istvan laszlo zoltan jozsef sandor ferenc attila balazs lorinc bence zsofia "
        "eszter katalin ilona agnes",
        "PL": "pawel piotr krzysztof andrzej tomasz marcin michal grzegorz lukasz zbigniew rafal "
        "dariusz mariusz wojciech malgorzata agnieszka katarzyna",
        "CZ": "jiri vaclav zdenek ondrej jaroslav miroslav katerina",
        "SE": "hakan goran fredrik linnea kerstin mikael",
        "NO": "kjetil oystein terje trond sigrid",
        "FI": "paivi jukka matti timo juha pekka antti ville janne heikki",
        "DE": "jurgen gunter heinz helmut horst wolfgang sabine ulrike heike kathe birgit",
        "FR": "benoit guillaume thierry francois genevieve aurelie elodie amelie",
        "ES": "begona inigo nuria montserrat rocio", "BR": "thiago leticia joao larissa",
        "IT": "gianluca giulia giuseppe chiara matteo lorenzo riccardo massimo",
        "VN": "nguyen hung duc thanh", "KE": "wanjiru kamau achieng",
        "GH": "kwame kofi kwabena ama",
        "ZA": "thabo sipho lindiwe nomsa zanele", "RO": "razvan ionut mihai stefan",
    }.items()
    for name in names.split()
}  # fmt: skip
MAX_WORDS = 200
POINTS = str.maketrans(".,:;/()|", "        ")


def regions(texts: Iterable[str]) -> list[str]:
    """The regions (ISO 3166) whose language the words of a card are in, the commonest first."""
    words = [w for text in texts for w in folded(text).translate(POINTS).split()]
    found = [WORDS[w] for w in words[:MAX_WORDS] if w in WORDS]
    return sorted(dict.fromkeys(found), key=lambda region: -found.count(region))


def homes(texts: Iterable[str]) -> list[str]:
    """The regions where the given names on a card are at home: a guess, when nothing else tells."""
    words = [w for text in texts for w in folded(text).split()]
    return list(dict.fromkeys(NAMES[w] for w in words[:MAX_WORDS] if w in NAMES))
