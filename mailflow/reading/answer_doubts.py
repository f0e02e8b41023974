"""No, later, if, and who is it: the words of every answer that is no plain yes, all folded."""

NO_HEADS = frozenset(["no", "nope", "nah", "nein", "non", "nee", "nao", "never", "pass", "no."])
NO_PHRASES = (
    "claro que no", "claro que nao", "certo che no", "naturlich nicht", "natuurlijk niet",
    "bien sur que non", "auf jeden fall nicht", "auf keinen fall", "por supuesto que no",
    "by no means", "zero interest", "non, merci", "it is a no", "that is a no", "a no from me",
    "big no", "a clear no", "not this time", "but i cannot", "but cannot", "not at this point",
    "not my thing", "not my cup of tea", "not relevant", "not right for me", "not a priority",
    "i am good thanks", "i am all set", "am all set", "do not see a fit", "do not see the fit",
    "would rather you didn't", "would say no", "no need", "please no", "not needed", "do not need",
    "not open to", "am not open", "gerade kein bedarf", "kein bedarf", "passt nicht",
    "nein leider", "sans moi", "pas interessee", "pas interesse", "no estoy interesad",
    "no gracias", "non fa per me", "niet voor mij", "heb geen interesse", "nao e para mim",
    "no thanks", "no thank you", "not interested", "rather not", "i will pass", "i would pass",
    "i will have to pass", "going to pass", "have to pass", "hard pass", "must decline",
    "have to decline", "will decline", "respectfully decline", "politely decline", "i decline",
    "prefer not", "not for me", "please do not", "do not want", "do not introduce",
    "i do not think so", "unfortunately not", "afraid not", "absolutely not", "definitely not",
    "certainly not", "of course not", "not a good fit", "not the right fit", "not a fit",
    "no interest", "cannot do", "sorry no", "no sorry", "i am not looking",
    "not really interested", "do not have the bandwidth", "do not have the capacity",
    "do not have capacity", "not keen", "will have to say no", "have to say no", "thanks but no",
    "not comfortable", "no way", "lieber nicht", "kein interesse", "nein danke", "leider nicht",
    "leider nein", "nicht interessiert", "mochte ich nicht", "non merci", "je prefere pas",
    "je ne souhaite pas", "pas pour moi", "je prefere ne pas", "no me interesa", "prefiero no",
    "mejor no", "no grazie", "non mi interessa", "preferisco di no", "meglio di no", "liever niet",
    "geen interesse", "nee bedankt", "nee dank je", "nao obrigado", "nao obrigada",
    "nao tenho interesse", "prefiro nao", "melhor nao", "non sono interessat", "not something i",
    "would rather you did not", "count me out",
)  # fmt: skip
"""Runs of words that are a no wherever they stand."""
NOT_A_NO = frozenset(
    ["problem", "problems", "problemo", "worries", "worry", "doubt", "question", "idea", "rush",
     "hurry", "objection", "objections", "issue", "issues", "mind", "biggie", "brainer", "clue",
     "trouble", "probleme", "hay", "need", "matter", "wonder", "probs", "strings", "reason",
     "harm", "pressure"]
)  # fmt: skip
"""After these a leading `no` is none, or none that is sure: "no problem", "no, I don't mind"."""

LATER_PHRASES = (
    "cannot right now", "cannot now", "cannot at the moment", "cannot this week",
    "cannot this month", "on leave until", "away until", "traveling until", "travelling until",
    "after the holidays", "after the summer", "after summer", "after christmas", "after easter",
    "in spring", "in the spring", "in autumn", "in the fall", "in summer", "in winter",
    "in the new year", "next year", "next quarter", "later this year", "later this month",
    "later on", "in a month", "in a year", "once things calm down", "when things calm down",
    "slammed right now", "slammed at the moment", "crazy busy right now", "buried right now",
    "not for now", "not just yet", "nach dem urlaub", "nachstes jahr", "im neuen jahr",
    "l'annee prochaine", "le mois prochain", "la semaine prochaine", "el mes que viene",
    "el proximo mes", "la proxima semana", "el ano que viene", "il mese prossimo",
    "la settimana prossima", "l'anno prossimo", "volgende maand", "volgende week", "volgend jaar",
    "no proximo mes", "na proxima semana", "no proximo ano", "mes que vem", "semana que vem",
    "not now", "not right now", "not just now", "not yet", "not at the moment", "maybe later",
    "perhaps later", "another time", "some other time", "ask me again", "ask again",
    "try me again", "try again", "check back", "check in again", "circle back", "ping me",
    "remind me", "get back to me in", "come back to me", "come back to this", "revisit",
    "touch base again", "reach out again", "not this week", "not this month", "not this quarter",
    "not this year", "not before", "not until", "can it wait", "wait until", "wait till",
    "bad time", "not a good time", "not the best time", "not the right time", "too busy right now",
    "swamped right now", "swamped at the moment", "busy at the moment", "give me a few", "later",
    "a bit later", "in a few weeks", "in a few months", "a few weeks from now", "down the road",
    "hold off", "postpone", "put a pin", "jetzt nicht", "nicht jetzt", "gerade nicht", "spater",
    "im moment nicht", "momentan nicht", "zurzeit nicht", "ein andermal", "plus tard",
    "pas maintenant", "pas en ce moment", "pas tout de suite", "une autre fois", "mas tarde",
    "ahora no", "mas adelante", "por ahora no", "en otro momento", "piu tardi", "non ora",
    "non adesso", "piu avanti", "un'altra volta", "un altro momento", "nu niet", "even niet",
    "nu even niet", "een andere keer", "mais tarde", "agora nao", "mais para a frente",
    "outra altura", "noutra altura", "noch nicht", "pas encore", "todavia no", "non ancora",
    "nog niet", "ainda nao", "momenteel niet",
)  # fmt: skip

DEFERS = frozenset(
    ["after", "until", "till", "before", "once", "in", "from", "next", "nach", "ab", "erst",
     "apres", "despues", "dopo", "depois", "na", "pas", "wieder", "again", "im", "en", "a",
     "partir", "nachste", "nachsten", "la", "le"]
)  # fmt: skip
"""With one of these a day in the sentence puts things off."""

CONDITIONS = frozenset(
    ["if", "unless", "provided", "providing", "depends", "depending", "assuming", "but", "however",
     "although", "though", "only", "except", "whether", "long", "condition", "subject", "once",
     "wenn", "falls", "sofern", "solange", "aber", "vorausgesetzt", "nur", "mais", "pourvu",
     "seulement", "pero", "siempre", "solo", "ma", "pero'", "se", "purche", "maar", "mits", "als",
     "tenzij", "alleen", "mas", "desde", "contanto", "bevor", "kommt", "depend", "depende",
     "dipende", "hangt", "otherwise", "so long", "first"]
)  # fmt: skip
"""Words that tie a yes to something."""

ASKS = frozenset(
    ["who", "what", "which", "why", "how", "when", "where", "whom", "whose", "wer", "was", "warum",
     "wie", "wann", "worum", "qui", "quoi", "pourquoi", "comment", "quand", "quien", "que", "como",
     "cuando", "chi", "cosa", "perche", "quando", "wat", "waarom", "wanneer", "quem", "qual"]
)  # fmt: skip
ASK_PHRASES = (
    "tell me more", "more about", "more info", "more information", "more detail", "more details",
    "more context", "do you know", "can you say", "could you say", "what is it about",
    "need to know", "curious what", "curious who", "wondering", "send me more", "share more",
    "some background", "a bit more", "mehr erfahren", "mehr daruber", "en savoir plus",
    "saber mas", "saperne di piu", "meer weten", "saber mais",
)  # fmt: skip

DOUBTS = frozenset(
    ["better", "rather", "instead", "already", "busy", "leaving", "left", "pity", "shame", "hate",
     "awful", "worse", "worst", "waste", "mistake", "wrong", "cannot", "unable", "impossible",
     "stop", "decide", "unsure", "hesitant", "worried", "afraid", "concerned", "bother", "mind",
     "maybe", "perhaps", "wait", "hmm", "kidding", "joking", "almost", "possibly", "probably",
     "whatever", "not", "psych", "lol", "haha", "today", "tomorrow", "yesterday", "eventually",
     "sarcasm", "somehow", "sometime", "never", "nobody", "none", "nothing", "vielleicht",
     "quizas", "forse", "misschien", "talvez", "peut-etre", "jein", "nicht", "pas", "niet",
     "sadly", "minister"]
)  # fmt: skip
"""Never a name, however they are written."""

TURNS = frozenset(
    ["ps", "p.s", "pps", "p.p.s", "nb", "n.b", "note", "edit", "update", "correction", "actually",
     "wait", "but", "however", "though", "although", "only", "not", "never", "oops", "sorry",
     "hmm", "maybe", "perhaps", "just", "kidding", "joking", "haha", "lol", "i", "if", "unless",
     "aber", "doch", "nur", "obwohl", "mais", "pero", "maar", "mas"]
)  # fmt: skip
"""How a line below the farewell begins that may take back what stands above it."""

TURNING_PHRASES = (
    "second thought", "second thoughts", "changed my mind", "change my mind", "withdraw",
    "take it back", "take that back", "scratch that", "my assistant", "assistant to",
    "on behalf of", "im auftrag", "in vertretung",
)  # fmt: skip
"""The same anywhere in it, or that somebody else than who signs has written."""
