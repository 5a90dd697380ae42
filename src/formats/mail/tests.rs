//! Messages as programs write them.

use super::*;
use crate::model::Container;

fn shown(message: &str) -> Vec<String> {
    let article = read(message.replace('\n', "\r\n").as_bytes()).unwrap();
    let document = &article.document;
    let line = |block: &crate::model::Block| {
        let marks = block.within.iter().filter(|container| **container == Container::Quotation).count();
        format!("{}{}", ">".repeat(marks), document.slice(&block.span).replace('\n', "/"))
    };
    document.blocks().iter().map(line).collect()
}

#[test]
fn headers_say_what_a_message_is() {
    let message = "From: =?utf-8?q?J=C3=B6rg_Voss?= <jv@harbour.example>\nTo: you@b.example\n\
        Subject: =?iso-8859-1?B?R3L832U=?= from\n the pier\nDate: Tue, 5 Sep 2017 10:30:15 +0200 (CEST)\n\
        Message-ID: <77@harbour.example>\nList-Id: \"Harbour Weekly\" <weekly.harbour.example>\n\
        Archived-At: <https://harbour.example/77>\nContent-Type: text/plain; charset=windows-1252\n\
        Content-Transfer-Encoding: quoted-printable\n\n=93Calm,=94 he said, and the sea was=\n calm.\n";
    let article = read(message.as_bytes()).unwrap();
    assert_eq!((article.title.as_str(), article.author.as_deref()), ("Grüße from the pier", Some("Jörg Voss")));
    assert_eq!(
        (article.guid.as_deref(), article.source.as_deref()),
        (Some("77@harbour.example"), Some("Harbour Weekly"))
    );
    assert_eq!(article.url.as_deref(), Some("https://harbour.example/77"));
    assert_eq!(article.published.map(|at| at.seconds), Some(1_504_600_215));
    assert_eq!(article.document.text(), "“Calm,” he said, and the sea was calm.");
    let bare = read(b"From: ada@a.example\nSubject: x\n\nText.").unwrap();
    assert_eq!((bare.author.as_deref(), bare.source.as_deref()), (Some("ada@a.example"), Some("a.example")));
    assert_eq!(bare.published, None);
    assert!(read(b"").is_err());
    assert!(read(b"\n\n").is_err());
}

#[test]
fn broken_lines_are_put_together_and_quotations_stand_apart() {
    let flowed = "Subject: a\nContent-Type: text/plain; format=flowed\n\n";
    assert_eq!(
        shown(&format!(
            "{flowed}One line that \ngoes on \nand ends.\nAnother.\n\n> It was \n> said.\n>> Was it?\n  > kept\n-- \nAda\n"
        )),
        ["One line that goes on and ends./Another.", ">It was said.", ">>Was it?", " > kept", "", "Ada"]
    );
    let delsp = flowed.replace("flowed", "flowed; delsp=yes");
    assert_eq!(shown(&format!("{delsp}Harb \nour.\n")), ["Harbour."]);
    assert_eq!(
        shown("Subject: a\n\nYes.\n\n> > Really?\n> I think so,\n> and so does he.\n\nGood.\n"),
        ["Yes.", ">>Really?", ">I think so,/and so does he.", "Good."]
    );
}

#[test]
fn the_better_half_is_taken_and_attachments_are_only_named() {
    let both = |html: &str| {
        format!(
            "Subject: a\nContent-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: multipart/alternative; boundary=b\n\n\
             --b\nContent-Type: text/plain\n\nPlain.\n--b\nContent-Type: text/html\n\n{html}\n--b--\n\
             --m\nContent-Type: application/pdf; name=\"re\u{7}port.pdf\"\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\nAAAA\n--m--\n"
        )
    };
    assert_eq!(shown(&both("<p>Rich.")), ["Plain.", "Attached: report.pdf"]);
    assert_eq!(
        shown(&both(
            "<div style='display:none'>pre</div><table><tr><td><h2>Rich</h2><td>text<img src='https://t.example/p.gif' width=1></table>"
        )),
        ["Rich", "text", "Attached: report.pdf"]
    );
    assert_eq!(shown("Subject: a\nContent-Type: text/html\n\n<p>Only <b>this"), ["Only this"]);
}
