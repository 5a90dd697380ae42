//! What is in an address only to follow its reader around.

/// Parameters of a query that say where a reader came from. A `*` stands for any end.
#[rustfmt::skip]
const TRACKING: [&str; 46] = [
    "utm_*", "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "twclid", "ttclid", "li_fat_id", "igshid",
    "igsh", "mc_cid", "mc_eid", "_hsenc", "_hsmi", "__hssc", "__hstc", "__hsfp", "hsctatracking", "mkt_tok", "vero_id", "vero_conv", "wickedid",
    "oly_anon_id", "oly_enc_id", "rb_clickid", "s_cid", "ml_subscriber", "ml_subscriber_hash", "_openstat", "ref_src", "ref_url", "cmpid",
    "at_medium", "at_campaign", "at_custom*", "_ga", "_gl", "guccounter", "guce_referrer*", "ns_campaign", "ns_mchannel",
];

/// `query` without what is only there to track, or `None` where nothing is left of it.
pub fn without_tracking(query: &str) -> Option<String> {
    let kept: Vec<&str> = query.split('&').filter(|pair| !is_tracking(pair)).collect();
    let query = kept.join("&");
    (!query.is_empty()).then_some(query)
}

fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or(pair).to_ascii_lowercase();
    TRACKING.iter().any(|known| match known.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == *known,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_tracks_goes() {
        for (query, expected) in [
            ("utm_source=a&id=7&UTM_Medium=b", Some("id=7")),
            ("fbclid=x", None),
            ("", None),
            ("q=utm_source&ref=1&page", Some("q=utm_source&ref=1&page")),
            ("a=%20b&mc_cid=1&c=d%26e", Some("a=%20b&c=d%26e")),
        ] {
            assert_eq!(without_tracking(query).as_deref(), expected, "{query}");
        }
    }
}
