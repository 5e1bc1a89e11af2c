"""Words that English rules go by: topics, offices, nationalities, what never begins a name, what is too common."""

TOPICS = frozenset(
    "Academic Administration Aeronautics Aerospace Affairs Agriculture Agricultural Air Analysis Application Applications "
    "Applied Arms Artificial Arts Assessment Assets Astronautics Audit Automation Automotive Aviation Banking Big Biology "
    "Border Broadcast Broadcasting Budget Building Business Chemical Chemistry Civil Climate Cloud Commerce Commercial "
    "Communication Communications Competition Competitiveness Computer Computing Conservation Construction Consumer "
    "Control Cooperation Corrections Cultural Culture Customs Cyber Cybersecurity Cyberspace Data Defence Defense "
    "Development Digital Disarmament Discipline Discovery Diplomacy Disaster Drug Ecological Ecology Economic Economics "
    "Economy Education Electrical Electronic Electronics Emergency Employment Energy Engineering Engineers Enterprise "
    "Environment Environmental Ethics Evaluation Exchange Export Family Film Finance Financial Fisheries Food Foreign "
    "Forestry Frontier Future Geology Governance Grain Grassland Green Health Healthcare High Higher History Homeland "
    "Housing Human Humanities Immigration Import Industrial Industries Industry Informatics Information Informatization "
    "Infrastructure Innovation Inspection Insurance Integrated Integration Intellectual Intelligence Intelligent "
    "International Internet Interior Investment Iron Justice Labor Labour Language Law Livestock Logistics Machine Machinery "
    "Management Manufacturing Marine Maritime Market Materials Mathematical Mathematics Mechanics Medical Medicine "
    "Meteorology Microelectronics Military Minerals Mining Mobility National Natural Naval Navigation Network Networks "
    "New Nuclear Nutrition Ocean Oceanography Optics Optoelectronics Patent People Peace Personnel Physical Physics "
    "Planning Planting Police Policy Political Politics Post Posts Power Prevention Privacy Product Production "
    "Productivity Promotion Property Prosperity Protection Public Quality Quantum Quarantine Radio Railway Railways "
    "Reform Reforms Regulation Regulations Relations Research Reserves Resource Resources Review Revitalization Robotics "
    "Rule Rural Safety Science Sciences Scientific Security Semiconductor Semiconductors Service Services Shipbuilding "
    "Smart Social Society Software Space Sports Steel Standardization Standards State Statistics Strategic Strategy Studies "
    "Supervision Supply Surveillance Sustainable System Systems Tax Taxation Technical Technological Technologies "
    "Technology Telecommunications Television Testing Tourism Town Trade Traditional Training Transformation Transport "
    "Transportation Treasury Urban Utilization Veterans Vocational Water Welfare Welfare Wireless Women Work Works Youth "
    "Control Chips Robots Talent Talents Implementation Propaganda Organization Construction Rule Country Countries "
    "Machines Manufacturers Users Workers Students Scholars Electronics Physics Vehicles Equipment Instruments".split()
)
"""Words for what a body deals with: ``and`` between two of them joins one name."""
TITLES = frozenset(
    "President Vice Premier Minister Ministers Deputy Director Chairman Chairwoman Chair Secretary General Professor Prof "
    "Dr Mr Mrs Ms Governor Mayor Ambassador Senator Representative Congressman Chief Executive Officer CEO CTO CFO Head "
    "Dean Founder Acting Under Commander Admiral Colonel Major Lieutenant Captain Spokesperson Spokesman Prime Chancellor "
    "King Queen Prince Emperor Comrade Academician Editor Author Analyst Researcher Scientist Co-founder Co-Founder Former "
    "Speaker Judge Justice Commissioner Administrator Counselor Envoy Marshal Sir Lord Lady Leader "
    "Plaintiff Plaintiffs Defendant Defendants Respondent Respondents Petitioner Petitioners Appellant Claimant".split()
)
WHOLE = frozenset(
    "People's Women's Children's Workers' Men's Veterans' Consumers' Lawyers' Writers' Farmers'".split()
)
"""Possessives inside names."""
NATIONS = frozenset(
    "Chinese American Japanese Korean Russian Indian British French German European Australian Canadian Taiwanese Dutch "
    "Israeli Italian Spanish Western Asian African Soviet Singaporean Vietnamese Ukrainian Iranian Swiss Swedish "
    "Argentine Austrian Belgian Brazilian Cambodian Chilean Czech Danish Egyptian Emirati Ethiopian Filipino Finnish Greek "
    "Hungarian Indonesian Irish Kazakh Kenyan Malaysian Mexican Mongolian Nigerian Norwegian Pakistani Peruvian Philippine "
    "Polish Portuguese Saudi Serbian Thai Turkish Zimbabwean".split()
)
MONTHS = frozenset(
    "January February March April May June July August September October November December".split()
)
STATES = frozenset("U.S. U.S U.K. U.K US UK UAE EU U.A.E. E.U.".split())
"""Abbreviations of states, short as they are."""
NEVER_FIRST = MONTHS | frozenset(
    "The A An This That These Those In On At For From By With As If When While After Before Since Although However But "
    "And Or So Yet Its Their Our His Her It He She They We You I Such Some Any All Each Every Both Many Most Several Other "
    "No Not One Two Three Four Five Six Seven Eight Nine Ten First Second Third Last See Also Under Over Through "
    "Between Among During According Given Despite Table Figure Chapter Appendix Box Note Notes Source Sources Part "
    "Section Article Articles Volume Page Pages Monday Tuesday Wednesday Thursday Friday Saturday Sunday Early Late Mid Today Recent Recently "
    "Finally Moreover Furthermore Additionally Meanwhile Therefore Thus Here There Where Which What Who Why How More Less "
    "Of To Per Via Unlike Like Within Without Against About Only Even Once Until Because Whether Former Current Key Main "
    "Per Is Are Was Were Has Have Had Will Would Can Could May Might Should Must Do Does Did Then Now Still Just Using "
    "Following Including Based Member Members Company Companies".split()
)
PROVINCES = frozenset(
    "Anhui Beijing Chongqing Fujian Gansu Guangdong Guangxi Guizhou Hainan Hebei Heilongjiang Henan Hubei Hunan Jiangsu "
    "Jiangxi Jilin Liaoning Ningxia Qinghai Shaanxi Shandong Shanghai Shanxi Sichuan Tianjin Tibet Xinjiang Yunnan "
    "Zhejiang Taiwan Macau".split()
)
TRADES = frozenset(
    "Photonics Composites Battery Batteries Optics Laser Lasers Medicines Bio Genomics Precision Display Displays Lighting "
    "Hangtian Keji Dianzi Zhineng Guangdian Automobile Automobiles Solar Textile Textiles Foods Dairy Electric Micro Vision Sensing Silicon Devices Aviation Hydropower".split()
)
"""What a firm deals in, as the last word of its name; no person's name ends so."""
ORDINALS = frozenset("First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth".split())
SENTENCE = frozenset(
    "Its Their Own Our How Why What Who Is Are Was Were Can Could Will Would Should Does Did Has Have".split()
)
"""Capitals of a title that is a sentence; no name holds them."""
GENERIC = frozenset(
    "chinese government|central government|u.s. government|local government|federal government|communist party|"
    "research report|annual report|white paper|chinese company|press release|executive order|chinese market|"
    "state government|chinese army|general office|advisory committee|five-year plan|national plan|working group|"
    "action plan|national strategy|ai strategy|chinese law|new area|special economic zone|chinese company|ai company|"
    "research institute|research center|joint venture|work plan|general secretary|party committee|city government|"
    "ai plan|ai law|ai industry|ai research|ai policy|internet company|ai lab|ai model|language model|foundation model".split(
        "|"
    )
)
WEAK = frozenset(
    "Action List Order Bill Mission Decision Code Standards Team Base Section Branch Division Force Command Corps State "
    "Technology Tech Cars Systems Mobile Cloud Auto Energy Steel Games Network Partnership Club Week Fair Challenge Session Model App "
    "Platform Chip Processor Market Square Road Street Group Media Press Framework Circular Post Times Software Networks "
    "Electronics Communications Robotics Industries Entertainment Service Opinion Paper Meeting Advisory Limited AG SA NV "
    "Index Review Firm Capital Partners Solutions Analytics Treasury Region Area Village Port Registry Police Customs Policy "
    "Project Projects Plans Associations Blog Law Strategy Library Games Interactive Express Canal Plaza Rocket Satellite Specification "
    "Specifications Norms Program Programs Provisions Rule Rules Principles Notice Measures Regulation Regulations".split()
)
"""Heads that make a name only with a further name-like word before them."""
PLAIN_LINKS = frozenset("of for on to in the and &".split())
NOT_PEOPLE = frozenset({"Hong Kong", "Lao Cai", "Mei Zhou", "Hai Nan", "Shan Xi"})
LINKS = frozenset("of and the for on to in de a an or by with from at as &".split())
PARTICLES = frozenset("de van von der den bin ibn al el la le di da dos du".split())
