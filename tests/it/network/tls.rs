//! Certificates that cannot be trusted, each with what is said and what to do: the real program and a server that speaks
//! TLS. The certificates are fixtures that hold until 2120, but for the one that is to have expired; all have one key.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::json_feed;
use crate::cli::World;

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/network/tls").join(name)
}

/// The port of a server that shows this certificate and says the same to whoever takes it.
fn server(certificate: &str) -> u16 {
    let chain = vec![CertificateDer::from_pem_file(fixture(certificate)).unwrap()];
    let key = PrivateKeyDer::from_pem_file(fixture("key.pem")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = Arc::new(config.with_no_client_auth().with_single_cert(chain, key).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    // Ends with the tests.
    thread::spawn(move || {
        for connection in listener.incoming().map_while(Result::ok) {
            let connected = ServerConnection::new(Arc::clone(&config)).unwrap();
            // One that breaks is the client's affair.
            let _ = answer(StreamOwned::new(connected, connection));
        }
    });
    port
}

fn answer(stream: StreamOwned<ServerConnection, TcpStream>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    while reader.read_line(&mut line)? > 0 && !line.trim().is_empty() {
        line.clear();
    }
    let body = json_feed("Tide", &[("1", "One.")]);
    let mut stream = reader.into_inner();
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())?;
    stream.conn.send_close_notify();
    stream.flush()
}

#[test]
fn a_certificate_is_trusted_or_its_fault_is_named_with_what_to_do() {
    let authority = fixture("authority.pem");
    for (certificate, expected) in [
        ("good.pem", "subscribed to Tide"),
        ("expired.pem", "its certificate has expired\n  check this machine's clock"),
        ("other.pem", "its certificate is for another host\n  check the address"),
        ("self.pem", "nobody trusted vouches for its certificate\n  "),
    ] {
        let world = World::new();
        let address = format!("https://localhost:{}/feed", server(certificate));
        let said = world.run_with(&[("SSL_CERT_FILE", authority.as_os_str())], &["feed", "add", &address]);
        assert!(said.talk.contains(expected), "{certificate}: {}", said.talk);
        assert_eq!(said.code, i32::from(certificate != "good.pem"), "{certificate}");
        assert!(!said.talk.contains('{') && said.talk.lines().count() <= 2, "{}", said.talk);
    }
}

#[test]
fn without_its_authority_a_good_certificate_is_not_trusted_either() {
    let world = World::new();
    let address = format!("https://localhost:{}/feed", server("good.pem"));
    let nobody = fixture("self.pem");
    let said = world.run_with(&[("SSL_CERT_FILE", nobody.as_os_str())], &["feed", "add", &address]);
    assert!(said.talk.contains("nobody trusted vouches for its certificate"), "{}", said.talk);
}

#[test]
fn what_is_not_tls_at_all_is_told_so() {
    let plain = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://{}/", plain.local_addr().unwrap());
    thread::spawn(move || {
        let (mut connection, _) = plain.accept().unwrap();
        // Read first: what is closed over unread bytes is cut off.
        connection.read(&mut [0; 4096]).and_then(|_| connection.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n"))
    });
    let authority = fixture("authority.pem");
    let said = World::new().run_with(&[("SSL_CERT_FILE", authority.as_os_str())], &["feed", "add", &address]);
    assert!(said.talk.contains("does not speak https") && said.talk.contains("begins with http://"), "{}", said.talk);
    assert_eq!(said.code, 1);
}
