//! Invented articles, newest first: what the frames of the tests show.

/// A report with every kind of quotation, from the day of the tests.
pub const BRIDGE: &str = "---
title: Ferrymen of Ostrava Sound vote to keep the bridge open at night
date: 2026-11-22T08:40:00Z
author: Ilse Tamm
source: Sound Courier
url: https://sound-courier.example/bridge
language: en
standfirst: A quarrel of nine years ends with a timetable, a bell and two signatures.
---

The ferrymen’s guild voted on Saturday to keep the swing bridge open after dark, a demand that the town had once called “fanciful”. The first night boat leaves on Monday.

“We asked for a bell and we were given a timetable,” said Edda Kallas, who leads the guild. “A timetable is a promise that somebody can break, and that is why it is worth more than a bell. Nobody ever broke a bell.”

The mayor, Jonas Reiter, was in no hurry to celebrate. “It is a bridge,” he said. “Ask me again when it is stuck.”

Under the agreement the bridge opens four times a night[^1] for boats of more than 12 m. According to the harbour office, a fifth opening is “under study”.

See the [full agreement](https://sound-courier.example/agreement).

[^1]: At 22:00, 0:30, 3:00 and 5:15.
";

/// A short report of the day before, from another paper.
pub const MILL: &str = "---
title: The last paper mill on the Varn looks for a buyer
date: 2026-11-21T17:05:00Z
author: Petr Hollar
source: Evening Lantern
language: en
tags: [industry]
---

The mill has made paper since 1871. Its owners said on Friday that they would sell the machines if no buyer came by spring.

“I can smell the river from my desk,” said Agnes Morl, the foreman. “It has never smelled of anything but work.”
";

/// Another one, three days before.
pub const STRIKE: &str = "---
title: Tram drivers end their strike without a word
date: 2026-11-19
source: Evening Lantern
language: en
---

The trams ran again on Thursday morning. The drivers’ council gave no reason, and the company asked for none.

A passenger at the depot, Lukas Brandt, said that he had “walked quite enough for one autumn”.
";

/// One from another year, without a source.
pub const ISLAND: &str = "---
title: An island counts its goats
date: 2017-09-05
language: en
---

There are 214 of them, which is nine more than there are people.
";

/// A report in which it is not certain who is quoted.
pub const PIER: &str = "---
title: The pier at Lower Vale opens again
date: 2026-11-20T09:00:00Z
source: Sound Courier
language: en
---

The pier opened again on Sunday. Nora Vale’s promise of “a pier that belongs to everybody who walks on it” was met with silence.

Nora Vale, the keeper, watched from the steps.
";

/// The bridge report as it came first, and as its paper changed it twice: other words in a quotation, another speaker, a
/// paragraph less, a title that says more.
pub const BRIDGE_TEXTS: [&str; 3] = [
    "---
title: Ferrymen of Ostrava Sound vote to keep the bridge open
date: 2026-11-22T08:40:00Z
author: Ilse Tamm
source: Sound Courier
url: https://sound-courier.example/bridge
language: en
---

The ferrymen’s guild voted on Saturday to keep the swing bridge open after dark, a demand that the town had once called “fanciful”. The first night boat leaves on Sunday.

“We asked for a bell and we were given a promise,” said Edda Kallas, who leads the guild. “A promise is something that somebody can break, and that is why it is worth more than a bell. Nobody ever broke a bell.”

The guild was founded in 1904 and has 61 members. It owns the quay, the bell tower and a smokehouse.

Its boats cross the sound forty times a day in summer and nine times in winter.

The town paid for the bridge in 1958 and has paid for its paint ever since.

## What the mayor says

“It is a bridge,” said the harbour master, Ole Vik. “Ask me again when it is stuck.”

Nobody at the town hall wished to say what the paint costs.
",
    "---
title: Ferrymen of Ostrava Sound vote to keep the bridge open
date: 2026-11-22T08:40:00Z
author: Ilse Tamm
source: Sound Courier
url: https://sound-courier.example/bridge
language: en
---

The ferrymen’s guild voted on Saturday to keep the swing bridge open after dark, a demand that the town had once called “fanciful”. The first night boat leaves on Monday.

“We asked for a bell and we were given a promise,” said Edda Kallas, who leads the guild. “A promise is something that somebody can break, and that is why it is worth more than a bell. Nobody ever broke a bell.”

The guild was founded in 1904 and has 61 members. It owns the quay, the bell tower and a smokehouse.

Its boats cross the sound forty times a day in summer and nine times in winter.

The town paid for the bridge in 1958 and has paid for its paint ever since.

## What the mayor says

“It is a bridge,” said the harbour master, Ole Vik. “Ask me again when it is stuck.”

Nobody at the town hall wished to say what the paint costs.
",
    "---
title: Ferrymen of Ostrava Sound vote to keep the bridge open at night
date: 2026-11-22T08:40:00Z
author: Ilse Tamm
source: Sound Courier
url: https://sound-courier.example/bridge
language: en
---

The ferrymen’s guild voted on Saturday to keep the swing bridge open after dark, a demand that the town had once called “fanciful”. The first night boat leaves on Monday.

“We asked for a bell and we were given a timetable,” said Edda Kallas, who leads the guild. “A timetable is something that somebody can break, and that is why it is worth more than a bell. Nobody ever broke a bell.”

The guild was founded in 1904 and has 61 members. It owns the quay, the bell tower and a smokehouse.

Its boats cross the sound forty times a day in summer and nine times in winter.

The town paid for the bridge in 1958 and has paid for its paint ever since.

## What the mayor says

“It is a bridge,” said the mayor, Jonas Reiter. “Ask me again when it is stuck.”
",
];

pub const ALL: &[&str] = &[BRIDGE, MILL, STRIKE, ISLAND];
