"""Invented recommendations to tune the X-ray on: pairs that ask for one thing, and ones that share only their frame."""

# (earlier, later): the same thing asked for again, years apart and in other words.
ALIKE = [
    (
        "The partnership should ensure that health practitioners attend every strategy discussion.",
        "Health practitioners must be present at strategy discussions, and attendance should be reported each quarter.",
    ),
    (
        "Agencies should record the child's ethnicity and first language at the first contact.",
        "At first contact every agency records ethnicity and first language of the child.",
    ),
    (
        "All schools should share chronologies with the allocated social worker before an initial conference.",
        "Before the initial conference, chronologies from schools should reach the allocated social worker.",
    ),
    (
        "Return home interviews should be offered within 72 hours of a child being found.",
        "The partnership must be sure that return home interviews are offered within 72 hours of the child's return.",
    ),
    (
        "Fathers and male carers should be included in assessments.",
        "Assessments should include fathers and other male carers, whether or not they live with the child.",
    ),
    (
        "Practitioners should escalate professional disagreements using the resolution protocol.",
        "The use of the resolution protocol to escalate professional disagreements should be promoted and monitored.",
    ),
    (
        "GPs should be invited to child protection conferences and asked for a written report.",
        "GPs must be invited to every child protection conference and asked to send a written report.",
    ),
    (
        "A bruise on a baby who is not mobile must lead to a paediatric examination the same day.",
        "Any bruise on a baby who is not yet mobile should be seen in a paediatric examination on the same day.",
    ),
    (
        "The partnership should review how neglect is identified using the Graded Care Profile.",
        "Use of the Graded Care Profile to identify neglect should be reviewed and extended to schools.",
    ),
    (
        "Housing officers should make referrals when they see hoarding or no food in a home with children.",
        "Housing officers who see hoarding, or no food in a home, should make a referral.",
    ),
    (
        "Police should notify schools of domestic abuse incidents before the start of the next school day.",
        "Schools should be notified by police of domestic abuse incidents before the next school day starts.",
    ),
    (
        "Interpreters should be used for parents who do not speak English, and never a family member.",
        "Professional interpreters, never a family member, should be used with parents who do not speak English.",
    ),
    (
        "Safe sleeping advice should be given before birth and again at the new birth visit.",
        "Safe sleeping advice should be given twice: before birth and at the new birth visit.",
    ),
    (
        "Children who are electively home educated should be visited at least once a year.",
        "Every electively home educated child should be visited once a year and seen alone.",
    ),
    (
        "Adult mental health teams should ask whether the patient has contact with children.",
        "Adult mental health teams ask each patient about contact with children and record the answer.",
    ),
    (
        "Supervision of social workers should be recorded on the child's file every month.",
        "Monthly supervision of social workers should be recorded on the file of the child.",
    ),
    (
        "The exploitation screening tool should be completed for every child who goes missing twice.",
        "An exploitation screening tool should be completed whenever a child goes missing twice.",
    ),
    (
        "Discharge planning meetings should be held before a newborn leaves hospital when a pre-birth plan exists.",
        "No newborn with a pre-birth plan should leave hospital before a discharge planning meeting is held.",
    ),
    (
        "Core groups should meet within ten working days and every six weeks after that.",
        "Core groups should meet within ten working days of the conference, and then every six weeks.",
    ),
    (
        "Dental neglect should be considered a sign of wider neglect and referred.",
        "Dental neglect should be referred as a sign of wider neglect.",
    ),
]

# The same frame around different things, and the same subject with another thing asked of it.
APART = [
    "The partnership should seek assurance that all agencies are working together to safeguard children effectively.",
    "The partnership should seek assurance that learning from reviews is shared and embedded in practice.",
    "The partnership should seek assurance that all partner agencies provide safeguarding training to their staff.",
    "All agencies should ensure that practitioners understand and use the multi-agency threshold document.",
    "All agencies should ensure that practitioners receive regular reflective supervision.",
    "All agencies should ensure that the voice of the child is heard and recorded.",
    "The partnership should review its policy on children missing from care placed by other boroughs.",
    "The partnership should review its policy on private fostering and raise awareness.",
    "The partnership should review the multi-agency guidance on perplexing presentations.",
    "Police should share intelligence about county lines with residential homes.",
    "Police should body-worn-video interviews with young witnesses only with consent.",
    "Health visitors should complete the two year check at home where there is a protection plan.",
    "School nurses should be told of every child who becomes subject to a protection plan.",
    "GPs should code safeguarding concerns in the same way across all surgeries.",
    "Maternity units should ask about female genital mutilation at booking.",
    "The local authority should track care proceedings that go beyond 26 weeks.",
    "The local authority should visit children placed out of area every six weeks.",
    "Probation should check addresses with the front door before release on licence.",
    "Ambulance crews should send referrals electronically by the end of the shift.",
    "Hospitals should flag children with repeated attendances for self-harm.",
    "Schools should record reasons for part-time timetables and review them each half term.",
    "Schools should know which pupils have a parent in prison.",
    "The front door should answer referrers in writing within one working day.",
    "Strategy discussions should consider siblings and unborn children.",
    "Conference chairs should meet the child before the conference.",
    "Domestic abuse workers should sit in the front door every day of the week.",
    "Assessments should consider the effect of parental alcohol use on daily care.",
    "Assessments should be led by qualified social workers who have seen the home.",
    "Young carers should be identified when an adult's needs are assessed.",
    "The partnership should commission an independent evaluation of its training on online abuse.",
    "The partnership should commission a needs analysis on children in temporary accommodation.",
    "Faith groups and clubs should have a named person for allegations against volunteers.",
    "The designated officer should give advice on allegations within one working day.",
    "Children with disabilities who stay away from home should have an independent visitor.",
    "Fathers should be told of the outcome of the conference by letter.",
    "Multi-agency audits should be carried out every quarter and findings reported to the executive.",
    "Leaders should ensure robust oversight of quality assurance arrangements across the partnership.",
    "Agencies should ensure that robust arrangements are in place to support staff.",
    "Practitioners should be supported to have difficult conversations with families.",
    "Workforce plans should address the shortage of health visitors.",
]

# The same thing in mostly other words. Wording cannot find all of these, and the X-ray does not claim to.
HARD = [
    (
        "Missed health appointments should be seen as a child who was not brought, and followed up.",
        "Clinics should follow up when a child is not brought to an appointment.",
    ),
    (
        "Men in the household should be known to every professional.",
        "Fathers and male partners must be part of each assessment.",
    ),
    (
        "Repeat referrals about neglect should be brought together in one chronology.",
        "A single chronology should join up referrals about neglect that repeat.",
    ),
    (
        "Practitioners should be curious about injuries that parents explain.",
        "Explanations that parents give for injuries should be tested with professional curiosity.",
    ),
    (
        "Children's views should be sought alone and away from home.",
        "See the child on their own, outside the house, and write down what they say.",
    ),
    (
        "Police protection should be followed by a strategy discussion on the same day.",
        "Whenever police protection is used, a strategy discussion follows the same day.",
    ),
]
