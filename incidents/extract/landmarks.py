# ruff: noqa: E501 - patterns and word lists read better unwrapped
"""Places that news on airspace names without their state. The gazetteer knows the rest."""

from __future__ import annotations

import re
from functools import lru_cache

from incidents.extract.nations import alternatives

_TABLE = """
PL|Rzeszow,Rzeszów,Rzeszow-Jasionka,Jasionka,Lublin,Przewodow,Przewodów,Wyryki,Wyryki-Wola,Czosnowka,Czosnówka,Osiny,Zamosc,Zamość,Chelm,Chełm,Hrubieszow,Hrubieszów,Bialystok,Białystok,Biala Podlaska,Biała Podlaska,Krakow,Kraków,Krakow-Balice,Katowice,Gdansk,Gdańsk,Gdynia,Lodz,Łódź,Poznan,Poznań,Wroclaw,Wrocław,Szczecin,Bydgoszcz,Zamosc,Bialowieza,Białowieża,Podlasie,Podlaskie,Mazovia,Masovian,Lubelskie,Subcarpathia,Podkarpackie,Modlin,Okecie,Chopin Airport,Warsaw Chopin,Powidz,Lask,Łask,Malbork,Redzikowo,Minsk Mazowiecki,Elk,Ełk,Suwalki,Suwałki,Mniszkow,Mniszków,Olesno,Oleśno,Nowe Miasto,Czesniki,Cześniki,Wyhalew,Wohyn,Wohyń,Krzywowierzba-Kolonia,Wielki Lan,Majdan-Sielec,Polatycze,Terespol,Parczew,Tomaszow Lubelski,Zabłocie,Elblag,Elbląg,Mazury,Masuria,Krosno,Przemysl,Przemyśl,Petrobaltic,Belweder
RO|Tulcea,Plauru,Ceatalchioi,Chilia Veche,Grindu,Isaccea,Galati,Galați,Constanta,Constanța,Braila,Brăila,Danube Delta,Nufaru,Nufăru,Letea,Sulina,Periprava,Mihail Kogalniceanu,Mihail Kogălniceanu,Fetesti,Fetești,Borcea,Buzau,Buzău,Vaslui,Vrancea,Iasi,Iași,Suceava,Botosani,Botoșani,Cluj,Cluj-Napoca,Timisoara,Timișoara,Otopeni,Sfantu Gheorghe,Sfântu Gheorghe,Victoria,Luncavita,Reni-Galati,Puiesti,Puiești,Dobrogea,Dobruja,Maramures,Campia Turzii,Câmpia Turzii,Babadag,Mangalia,Navodari,Năvodari,Devesel,Deveselu,Bacau,Bacău,Bihor,Bistrita-Nasaud,Tarpiu,Tărpiu,Vacareni,Văcăreni,Somova,Parches,Partizani,Pardina,Chilia,Bujoru
BG|Varna,Burgas,Kavarna,Tyulenovo,Plovdiv,Graf Ignatievo,Bezmer,Shabla,Dobrich,Sozopol,Ruse,Balchik
EE|Vaindloo,Tartu,Narva,Parnu,Pärnu,Saaremaa,Hiiumaa,Amari,Ämari,Koidula,Voru,Võru,Luhamaa,Valga,Kohtla-Jarve,Ida-Viru,Tartumaa,Kastre,Kehtna,Camp Reedo,Reedo,Rapla,Polva,Põlva,Otepaa,Otepää,Auvere,Keri,Naissaar,Osmussaar,Paldiski,Juminda
LV|Rezekne,Rēzekne,Daugavpils,Liepaja,Liepāja,Latgale,Lielvarde,Lielvārde,Ventspils,Gaigalava,Kraslava,Krāslava,Ludza,Aluksne,Jelgava,Adazi,Ādaži,Balvi,Dagda,Augsdaugava
LT|Kaunas,Klaipeda,Klaipėda,Siauliai,Šiauliai,Palanga,Rukla,Gaiziunai,Gaižiūnai,Salcininkai,Šalčininkai,Lavoriskes,Lavoriškės,Kybartai,Vilkaviskis,Druskininkai,Jonava,Alytus,Marijampole,Dieveniskes,Dieveniškės,Kena,Curonian Spit,Curonian Lagoon,Neris,Sumskas,Šumskas,Vistytis,Trakai,Varena,Varėna,Pabrade,Pabradė,Nida
FI|Porvoo,Loviisa,Turku,Vantaa,Helsinki-Vantaa,Lappeenranta,Hanko,Kotka,Hamina,Aland,Åland,Rovaniemi,Tampere,Oulu,Hango,Karelia,Olkiluoto,Parikkala,Imatra,Kouvola,Kirkkonummi,Luumaki,Luumäki,Virolahti,Santahamina
SE|Gotland,Malmo,Malmö,Gothenburg,Arlanda,Landvetter,Sturup,Ostersund,Östersund,Karlskrona,Blekinge,Oland,Öland,Scania,Skane,Skåne,Ronneby,Uppsala,Lulea,Luleå,Kiruna,Muskö,Linkoping,Linköping,Visby,Forsmark,Ringhals,Oskarshamn,Helsingborg,Kalmar,Västervik,Norrköping,Falsterbo
NO|Gardermoen,Bergen,Stavanger,Trondheim,Tromso,Tromsø,Orland,Ørland,Evenes,Bardufoss,Bodo,Bodø,Andoya,Andøya,Finnmark,Vardo,Vardø,Vadsø,Vadso,Kirkenes,Svalbard,Rygge,Flesland,Sola,Hammerfest,Bronnoysund,Brønnøysund,Karsto,Kårstø,Kollsnes,Sleipner,Gudrun,Melkoya,Porsangmoen,Banak,Mosjoen,Fornebu,Sandefjord,Torp
DK|Aalborg,Esbjerg,Sonderborg,Sønderborg,Skrydstrup,Kastrup,Billund,Aarhus,Bornholm,Karup,Holstebro,Jutland,Zealand,Funen,Odense,Greenland,Faroe Islands,Frederikshavn,Koge,Køge,Vojens,Korsor,Korsør,Thisted,Jonstrup,Fyn,Great Belt,Sjælland
DE|Munich,Frankfurt,Hamburg,Bremen,Hanover,Hannover,Cologne,Dusseldorf,Düsseldorf,Stuttgart,Leipzig,Dresden,Kiel,Rostock,Schleswig-Holstein,Ramstein,Bavaria,Mecklenburg,Sanitz,Brunsbuttel,Brunsbüttel,Lower Saxony,Wilhelmshaven,Manching,Schwesing,Saxony,Brandenburg,Buchel,Büchel,Nordholz,Rugen,Rügen,Grafenwoehr,Grafenwöhr,Berlin-Brandenburg,BER airport,Erding,Saarbrücken,Saarbruecken,Jagel,Geilenkirchen,Schwedt,Heide,Sonthofen,Memmingen,Wittmund,North Rhine-Westphalia,Lübeck,Luebeck,Flensburg,Nuremberg,Marienberg,Stade,Helgoland,Spangdahlem,Hesse,Thuringia,Gelsenkirchen,Dinslaken,Erfurt
NL|Schiphol,Amsterdam,Eindhoven,Volkel,Rotterdam,Maastricht,Leeuwarden,Woensdrecht,Gilze-Rijen,Borssele,Noordwijk,Den Helder,Limburg,Gelderland,North Brabant,Budel,Utrecht
BE|Brussels,Zaventem,Liege,Liège,Kleine Brogel,Kleine-Brogel,Florennes,Charleroi,Antwerp,Doel,Marche-en-Famenne,Elsenborn,Leopoldsburg,Bierset,Ostend,Schaffen,Limburg,Wallonia,Flanders,Tihange,Ghent,Zeebrugge,Deurne,Beauvechain,Mol,Kortrijk,Ursel
FR|Mourmelon,Mourmelon-le-Grand,Ile Longue,Île Longue,Brest,Marseille,Nice,Lyon,Toulouse,Bordeaux,Strasbourg,Orly,Charles de Gaulle,Roissy,Creil,Crozon,Brittany,Normandy,Istres,Flamanville,Mulhouse,Vert-le-Petit,Finistère,Marne,Bergerac
GB|Lakenheath,Mildenhall,Feltwell,Fairford,Heathrow,Gatwick,Luton,Stansted,Edinburgh,Glasgow,Belfast,Shetland,Orkney,Lossiemouth,Coningsby,Faslane,Barrow-in-Furness,Cornwall,Manchester,Birmingham,Bristol,Suffolk,Norfolk,Akrotiri,Marham,Sellafield,Aberdeen,Menwith Hill,Salisbury Plain,Holyhead
ES|Barcelona,El Prat,Barajas,Mallorca,Palma de Mallorca,Palma,Alicante,Valencia,Malaga,Málaga,Seville,Ceuta,Melilla,Canary Islands,Tenerife,Rota,Zaragoza,Bilbao,Ibiza,Menorca,Lanzarote,Fuerteventura,Gran Canaria,Basque Country,Catalonia,Andalusia,Galicia
PT|Porto,Faro,Azores,Madeira,Lajes,Beja,Algarve
IT|Milan,Malpensa,Linate,Lake Maggiore,Ispra,Sigonella,Sicily,Sardinia,Lampedusa,Naples,Venice,Turin,Aviano,Bologna,Calabria,Apulia,Trapani,Ghedi,Fiumicino,Ciampino,Catania,Palermo,Genoa,La Spezia,Taranto
GR|Crete,Lesbos,Lesvos,Chios,Samos,Rhodes,Kos,Kastellorizo,Thessaloniki,Alexandroupolis,Evros,Larissa,Santorini,Limnos,Lemnos,Agathonisi,Farmakonisi,Kinaros,Inousses,Oinousses,Panagia,Souda Bay,Souda,Imia,Kalolimnos,Corfu,Karpathos,Dodecanese,Skyros,Psara,Ai Stratis,Zourafa,Megisti,Ro,Patmos,Leros,Kalymnos,Andros,Gavdos,Lefkada,Ikaria,Levitha
TR|Hatay,Incirlik,Izmir,Istanbul,Diyarbakir,Gaziantep,Kilis,Sanliurfa,Şanlıurfa,Adana,Kurecik,Kürecik,Dortyol,Dörtyol,Yayladagi,Yayladağı,Antalya,Bursa,Balikesir,Kocaeli,Izmit,Cankiri,Çankırı,Elmadag,Elmadağ,Mersin,Iskenderun,Konya,Trabzon,Samsun,Sinop,Bodrum,Malatya,Van,Ercan,Kayseri,Akkuyu,Hakkari,Sirnak,Batman,Ordu,Manyas
HU|Debrecen,Papa,Pápa,Kecskemet,Kecskemét,Zahony,Záhony,Paks,Beregsurany,Szabolcs-Szatmár-Bereg,Transcarpathian,Nyiregyhaza,Nyíregyháza
SK|Kosice,Košice,Presov,Prešov,Sliac,Sliač,Michalovce,Humenne,Poprad,Svidnik,Medzilaborce,Ubla,Velke Slemence,Orava
HR|Jarun,Split,Dubrovnik,Zadar,Rijeka,Krk,Osijek,Pula,Istria,Pleso,Slavonia,Vukovar
CZ|Brno,Ostrava,Pardubice,Caslav,Čáslav,Temelin,Temelín,Dukovany,Ruzyne,Karlovy Vary
IS|Keflavik,Keflavík
AL|Durres,Durrës,Vlora,Vlorë,Kucova,Kuçova,Shkodra
ME|Tivat,Kotor,Ulcinj,Golubovci
MK|Ohrid,Krivolak,Petrovec
SI|Maribor,Cerklje,Koper,Brnik,Krsko,Krško
LU|Findel
CA|Yukon,Labrador,Ontario,Quebec,Toronto,Vancouver,Montreal,Halifax,Goose Bay,Alberta,Manitoba,Whitehorse,Nova Scotia,Newfoundland,British Columbia
US|Alaska,Montana,Hawaii,New Jersey,Langley,Joint Base Langley-Eustis,South Carolina,North Carolina,Florida,California,Texas,Billings,Malmstrom,Myrtle Beach,Virginia,Lake Huron,Picatinny,Guam,Ohio,Wright-Patterson,Colorado,Nebraska,New York,Maryland,Key West,Plant 42,Barksdale,Idaho,Washington State
UA|Izmail,Reni,Vylkove,Vilkovo,Kiliia,Kiliya,Kilia,Odesa,Odessa,Lviv,Lutsk,Kharkiv,Kherson,Zaporizhzhia,Dnipro,Donetsk,Luhansk,Kramatorsk,Sumy,Chernihiv,Rivne,Volyn,Zakarpattia,Uzhhorod,Mukachevo,Chernivtsi,Ternopil,Ivano-Frankivsk,Mykolaiv,Crimea,Sevastopol,Poltava,Vinnytsia,Khmelnytskyi,Starokostiantyniv,Zhytomyr,Pokrovsk,Bakhmut,Snake Island,Chop,Kovel,Yavoriv,Donbas,Kursk Oblast,Cherkasy,Kropyvnytskyi,Kryvyi Rih,Orlivka,Bilhorod-Dnistrovskyi,Chornobyl,Chernobyl,Novi Yarylovychi
RU|St Petersburg,St. Petersburg,Saint Petersburg,Belgorod,Kursk,Bryansk,Voronezh,Rostov,Krasnodar,Kaliningrad,Pskov,Murmansk,Leningrad,Ust-Luga,Primorsk,Novorossiysk,Tula,Tver,Smolensk,Kaluga,Oryol,Orel,Lipetsk,Ryazan,Saratov,Engels,Samara,Tatarstan,Kazan,Bashkortostan,Chechnya,Grozny,Dagestan,Ostrov,Olenya,Sochi,Anapa,Taganrog,Nizhny Novgorod,Volgograd,Vnukovo,Domodedovo,Sheremetyevo,Pulkovo,Kola Peninsula,Kamchatka,Siberia,Yaroslavl,Kronstadt,Soltsy,Luga,Kirishi,Gdov
BY|Grodno,Hrodna,Brest region,Gomel,Homel,Machulishchy,Vitebsk,Mogilev,Bobruisk,Lida,Oshmyany,Ashmyany
MD|Balti,Bălți,Tiraspol,Briceni,Soroca,Ocnita,Ocnița,Giurgiulesti,Giurgiulești,Naslavcea,Cuhurestii de Jos,Floresti,Florești,Cahul,Edinet,Gagauzia,Ungheni
SY|Idlib,Aleppo,Latakia,Hmeimim,Afrin,Manbij
RS|Nis,Novi Sad
CY|Larnaca,Paphos,Limassol
IE|Shannon,Cork
AM|Nagorno-Karabakh
"""
_AMBIGUOUS = frozenset(
    {"Nice", "Victoria", "Van", "Split", "Ro", "Palma", "Mol", "Elk", "Rota", "Faro", "Ruse", "Chop", "Brest", "Luga", "Batman",
     "Papa", "Orland", "Sola", "Heide", "Marne", "Limburg", "Norfolk", "Hamburg", "Nis", "Ordu", "Rhodes", "Kos", "Galicia",
     "Karelia", "Washington State", "Andros", "Orel", "Tula", "Samara", "Lida", "Engels", "Florida", "Georgia",
     "Keri", "Panagia", "Kena", "Torp", "Stade", "Koge"}
)  # fmt: skip
"""Names that are also words, people or other places: they need ``in``, ``over`` or a kind before or after them."""

PLACES: dict[str, str] = {
    name: code for code, _, names in (line.partition("|") for line in _TABLE.strip().splitlines())
    for name in names.split(",") if name
}  # fmt: skip
_PATTERN = re.compile(rf"(?<![\w-])(?:{alternatives(PLACES)})(?![\w]|-[A-Z])")
_BEFORE = re.compile(r"\b(?:in|over|near|at|above|of|around|from|off|on|by|outside|to|and|,)\s+(?:the\s+)?$", re.I)
_KIND = re.compile(
    r"^\s+(?:air|airport|airbase|county|region|district|island|province|base|port|city|town|nuclear)\b", re.I
)


@lru_cache(maxsize=512)
def landmarks(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return ``(start, end, code)`` for every known place in `text`."""
    found = []
    for match in _PATTERN.finditer(text):
        name = " ".join(match.group().split())
        if name in _AMBIGUOUS and not (_BEFORE.search(text[: match.start()]) or _KIND.match(text[match.end() :])):
            continue
        found.append((match.start(), match.end(), PLACES[name]))
    return tuple(found)


@lru_cache(maxsize=2048)
def country_of(name: str) -> str | None:
    """Return the state a known place lies in."""
    return PLACES.get(" ".join(name.split()))


_WATERS = {
    "Gulf of Finland": None, "Baltic Sea": None, "Black Sea": None, "North Sea": None, "Barents Sea": None, "Norwegian Sea": None,
    "Gulf of Riga": None, "Gulf of Bothnia": None, "Aegean Sea": None, "Aegean": None, "Adriatic Sea": None, "Adriatic": None,
    "Mediterranean Sea": None, "Danube": None, "Baltic": None, "Danish Straits": None, "Bug River": None, "Kattegat": None,
}  # fmt: skip
WATERS = re.compile(rf"\b(?:{alternatives(_WATERS)})\b")
"""Waters that wash several states: a site, never a country."""
