"""
From an accepted alert to a settled delivery. Nothing reaches a channel but through here.

    alert -> enqueue -> (store) -> claim -> attempt -> settle -> record -> (store)

What is decided, pure:

    states      which state may follow which
    retry       what to do after a failed try
    settle      what a try's outcome makes of a delivery
    breaker     when a channel is left alone
    acts, choosing, coverage
                how told words are put right, of which messages, and how far that has got

What is done, each inside its caller's transaction:

    enqueue     the one door in, for rules, people and pings
    gate        the door for alerts that wait for their post's page
    move        the one way a delivery changes state
    claim, record
                taking what is due; writing down what one try came to
    batch, writing
                the same for several tries together
    following   what an act on a message waits for
    actions, amend
                what a person may do; what corrects or retracts
    pings       what hubs are told
    expire, rescue, set_back, looking
                what is too late, left half sent, or in doubt
    ledger      what became of each alert, for people

Who does it:

    attempt, perform
                one try at one delivery, handed to its channel
    lane, wide_lane, crowd
                the one thread of a channel; of one with many recipients
    lanes, upkeep, meter
                all lanes of a process, what they share, and what they have done
    porter      asks for the pages that gates wait for
    loop, beat  threads that come round again and again
    lead, sending_right, file_right, owner
                which of several processes may
"""
