//! The network, with a server on this machine: no test needs another one, or waits longer than its own limits.

mod http;
