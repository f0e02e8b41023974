"""The words for days, months and spans of time in seven languages, folded (no case or accents)."""

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janner janvier enero ene gennaio gen januari janeiro",
            "february feb februar fevrier fev febrero febbraio februari fevereiro",
            "march mar marz mars marzo maart mrt marco",
            "april apr avril avr abril abr aprile",
            "may mai mayo maggio mag mei maio",
            "june jun juni juin junio giugno giu junho",
            "july jul juli juillet juil julio luglio lug julho",
            "august aug aout agosto ago augustus",
            "september sep sept septembre septiembre settembre set setembro",
            "october oct oktober okt octobre octubre ottobre ott outubro out",
            "november nov novembre noviembre novembro",
            "december dec dezember dez decembre diciembre dic dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "monday mon montag lundi lunes lunedi maandag segunda",
            "tuesday tue tues dienstag mardi martes martedi dinsdag terca",
            "wednesday wed mittwoch mercredi miercoles mercoledi woensdag quarta",
            "thursday thu thur thurs donnerstag jeudi jueves giovedi donderdag quinta",
            "friday fri freitag vendredi viernes venerdi vrijdag sexta",
            "saturday sat samstag sonnabend samedi sabado sabato zaterdag",
            "sunday sun sonntag dimanche domingo domenica zondag",
        )
    )
    for name in names.split()
}
UNITS: dict[str, str] = {
    name: unit
    for unit, names in {
        "h": "h hr hrs hour hours stunde stunden heure heures hora horas ora ore uur",
        "d": "d day days tag tage tagen jour jours dia dias giorno giorni dag dagen",
        "w": "w wk wks week weeks woche wochen semaine semaines semana semanas settimana settimane"
        " weken",
        "m": "m mo month months monat monate monaten mois mes meses mese mesi maand maanden",
        "y": "y yr year years jahr jahre jahren an ans ano anos anno anni jaar",
    }.items()
    for name in names.split()
}
NUMBERS: dict[str, int] = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "couple": 2, "few": 3, "ein": 1, "eine": 1,
    "einer": 1, "einem": 1, "zwei": 2, "drei": 3, "vier": 4, "une": 1, "un": 1, "deux": 2,
    "trois": 3, "una": 1, "dos": 2, "tres": 3, "due": 2, "tre": 3, "een": 1, "twee": 2, "drie": 3,
    "um": 1, "uma": 1, "dois": 2, "duas": 2,
}  # fmt: skip
TOMORROW = frozenset(["tomorrow", "tmrw", "morgen", "demain", "manana", "domani", "amanha"])
NEXT = frozenset(["next", "nachste", "nachsten", "nachster", "prochaine", "prochain", "proxima"])
LEAD = frozenset(
    ["in", "on", "by", "until", "till", "from", "for", "after", "at", "the", "of", "am", "den",
     "de", "del", "dans", "en", "tra", "fra", "bis"]
)  # fmt: skip
"""Words that may stand before or inside a date and say nothing about which day it is."""
