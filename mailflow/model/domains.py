"""Mail domains that anybody may have an address at."""

_FREE = """
gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com icloud.com
me.com mac.com aol.com gmx.de gmx.net gmx.at gmx.ch gmx.com web.de t-online.de freenet.de
posteo.de mailbox.org proton.me protonmail.com pm.me tutanota.com tuta.io fastmail.com hey.com
zoho.com yandex.ru yandex.com mail.ru qq.com 163.com 126.com naver.com daum.net orange.fr free.fr
wanadoo.fr laposte.net sfr.fr libero.it virgilio.it tiscali.it bluewin.ch chello.at aon.at
hotmail.co.uk yahoo.co.uk yahoo.fr yahoo.de outlook.de hotmail.fr hotmail.de live.fr
btinternet.com sky.com telenet.be skynet.be ziggo.nl kpnmail.nl xs4all.nl uol.com.br terra.com.br
"""
FREE_MAIL = frozenset(_FREE.split())
"""Domains that say nothing about an employer."""
