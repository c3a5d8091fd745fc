#include "s3/endpoint.hpp"

#include "support.hpp"

namespace s3sign {
namespace {

using s3::host_kind;

struct good_endpoint {
    std::string_view text, scheme, host, port, base_path;
    host_kind kind = host_kind::name;
};

const std::string label63(63, 'a');
// four labels and three dots: 253 characters, DNS's longest
const std::string host253 = label63 + "." + label63 + "." + label63 + "." + std::string(61, 'a');

const good_endpoint good[] = {
    {"example.com", "https", "example.com", "", ""},
    {"http://example.com", "http", "example.com", "", ""},
    {"HTTPS://Example.COM", "https", "example.com", "", ""},
    {"hTTp://h", "http", "h", "", ""},
    {"localhost:9000", "https", "localhost", "9000", ""},
    {"https://h:443", "https", "h", "", ""},
    {"http://h:80", "http", "h", "", ""},
    {"https://h:80", "https", "h", "80", ""},
    {"http://h:443", "http", "h", "443", ""},
    {"h:443", "https", "h", "", ""},
    {"https://h:0443", "https", "h", "", ""},
    {"h:1", "https", "h", "1", ""},
    {"h:65535", "https", "h", "65535", ""},
    {"h:008080", "https", "h", "8080", ""},
    {"h/", "https", "h", "", ""},
    {"h///", "https", "h", "", ""},
    {"h:9000/", "https", "h", "9000", ""},
    {"h/base/path", "https", "h", "", "/base/path"},
    {"h/base/path//", "https", "h", "", "/base/path"},
    {"h/storage/v1/s3/", "https", "h", "", "/storage/v1/s3"},
    {"h/Upper%2Fcase", "https", "h", "", "/Upper%2Fcase"},
    {"h/a%2fb", "https", "h", "", "/a%2fb"},
    {"h/-._~!$&'()*+,;=", "https", "h", "", "/-._~!$&'()*+,;="},
    {"h/.../.a/a./..a", "https", "h", "", "/.../.a/a./..a"},
    {"h/%2e%2e%2e", "https", "h", "", "/%2e%2e%2e"},
    {"a_b-c.d", "https", "a_b-c.d", "", ""},
    {"xn--mnchen-3ya.de", "https", "xn--mnchen-3ya.de", "", ""},
    {"1.2.3.4.example", "https", "1.2.3.4.example", "", ""},
    {"0xyz", "https", "0xyz", "", ""},
    {"0xabg", "https", "0xabg", "", ""},
    {host253, "https", host253, "", ""},
    {"192.168.1.10", "https", "192.168.1.10", "", "", host_kind::ipv4},
    {"http://127.0.0.1:9000/s3", "http", "127.0.0.1", "9000", "/s3", host_kind::ipv4},
    {"[::1]", "https", "[::1]", "", "", host_kind::ipv6},
    {"http://[::1]:9000/s3", "http", "[::1]", "9000", "/s3", host_kind::ipv6},
    {"http://[::1]:80", "http", "[::1]", "", "", host_kind::ipv6},
    // RFC 5952: no leading zeros, the longest run of zeros as `::`, lower case
    {"[2001:0DB8:0:0:0:0:0:1]", "https", "[2001:db8::1]", "", "", host_kind::ipv6},
    {"[2001:db8:0:0:1:0:0:1]", "https", "[2001:db8::1:0:0:1]", "", "", host_kind::ipv6},
    {"[0:0:0:0:0:0:0:0]", "https", "[::]", "", "", host_kind::ipv6},
    {"http://[64:ff9b::10.0.0.1]/s3", "http", "[64:ff9b::a00:1]", "", "/s3", host_kind::ipv6},
};

TEST(endpoint, reads) {
    for (const good_endpoint& e : good) {
        const s3::endpoint found = s3::parse_endpoint(e.text);
        EXPECT_EQ(found.scheme, e.scheme) << e.text;
        EXPECT_EQ(found.host, e.host) << e.text;
        EXPECT_EQ(found.port, e.port) << e.text;
        EXPECT_EQ(found.base_path, e.base_path) << e.text;
        EXPECT_EQ(found.kind, e.kind) << e.text;
    }
}

TEST(endpoint, authority_is_the_header_host) {
    EXPECT_EQ(s3::parse_endpoint("https://H:443/x").authority(), "h");
    EXPECT_EQ(s3::parse_endpoint("http://H:9000/x").authority(), "h:9000");
    EXPECT_EQ(s3::parse_endpoint("http://[0::1]:9000").authority(), "[::1]:9000");
}

constexpr char characters[] = "endpoint has a space, a control or a non-ASCII character";
constexpr char scheme[] = "endpoint has a scheme other than http and https";
constexpr char no_host[] = "endpoint has no host";
constexpr char name[] = "endpoint has a bad host name";
constexpr char port[] = "endpoint has a port outside 1 to 65535";
constexpr char user[] = "endpoint has user information";
constexpr char ipv4[] = "endpoint has a bad IPv4 address";
constexpr char ipv6[] = "endpoint has a bad IPv6 address";
constexpr char segment[] = "endpoint has an empty, \".\" or \"..\" segment in its path";
constexpr char path[] = "endpoint has a character in its path that a URL's path cannot hold";
constexpr char percent[] =
    "endpoint has a \"%\" in its path that two hexadecimal digits do not follow";

struct bad_endpoint {
    std::string_view text;
    const char* message;
};

const std::string label64 = label63 + "a";
const std::string slashes4097 = "h" + std::string(4096, '/');
const std::string host254 = host253 + "a";

const bad_endpoint bad[] = {
    {"", "endpoint is empty"},
    {" h", characters},
    {"h ", characters},
    {"h\n", characters},
    {"h\t.com", characters},
    {std::string_view("h\0.com", 6), characters},
    {"h\x7f", characters},
    {"münchen.de", characters},
    {"h/ü", characters},
    {"h?x=1", "endpoint has a query"},
    {"h/?", "endpoint has a query"},
    {"h#x", "endpoint has a fragment"},
    {"ftp://h", scheme},
    {"s3://bucket", scheme},
    {"://h", scheme},
    {"https:://h", scheme},
    {"https://", no_host},
    {"https:///x", no_host},
    {"/x", no_host},
    {":9000", no_host},
    {"//h", no_host},
    {"https://https://h", port},
    {"user@h", user},
    {"https://user:password@h", user},
    {"https://@h", user},
    {"h@", user},
    {"[::1]@h", user},
    {".h", name},
    {"h.", name},
    {"a..b", name},
    {"a.-b!", name},
    {"a,b", name},
    {"a%2eb", name},
    {"a*b", name},
    {"::1", no_host},
    {"h\\x", name},
    {"http:\\\\h", port},
    {slashes4097, "endpoint is over 4096 bytes"},
    {label64, name},
    {host254, "endpoint has a host of over 253 characters"},
    {"h:", port},
    {"h:0", port},
    {"h:000", port},
    {"h:65536", port},
    {"h:99999", port},
    {"h:123456", port},
    {"h:18446744073709551617", port},
    {"h:-1", port},
    {"h:+1", port},
    {"h:80a", port},
    {"h:80:80", port},
    {"1.2.3", ipv4},
    {"1", ipv4},
    {"1.2.3.4.5", ipv4},
    {"256.1.1.1", ipv4},
    {"0x7f000001", ipv4},
    {"0x7f.1", ipv4},
    {"127.0.0.0x1", ipv4},
    {"a.0x", ipv4},
    {"2130706433", ipv4},
    {"example.1", ipv4},
    {"010.0.0.1", ipv4},
    {"127.0.0.01", ipv4},
    {"[", ipv6},
    {"[]", ipv6},
    {"[::1", ipv6},
    {"[::ffff:192.0.2.1]", "endpoint has an IPv4 address written as IPv6"},
    {"[::FFFF:c000:201]", "endpoint has an IPv4 address written as IPv6"},
    {"[::192.0.2.1]", "endpoint has an IPv4 address written as IPv6"},
    {"[::1%eth0]", ipv6},
    {"[fe80::1%25eth0]", ipv6},
    {"[1:2:3]", ipv6},
    {"[::1::]", ipv6},
    {"[::g]", ipv6},
    {"[127.0.0.1]", ipv6},
    {"[v1.x]", ipv6},
    {"[::1]x", "endpoint has characters after its IPv6 address"},
    {"[::1]9000", "endpoint has characters after its IPv6 address"},
    {"[::1]:", port},
    {"h/.", segment},
    {"h/..", segment},
    {"h/../x", segment},
    {"h/a/./b", segment},
    {"h//b", segment},
    {"h/a//b", segment},
    {"h/%2e", segment},
    {"h/%2E%2e/x", segment},
    {"h/.%2e", segment},
    {"h/a/%2e%2E", segment},
    {"h/a|b", path},
    {"h/a\"b", path},
    {"h/<a>", path},
    {"h/a\\b", path},
    {"h/a:b", path},
    {"h/a[b]", path},
    {"h/%", percent},
    {"h/%4", percent},
    {"h/%4g", percent},
    {"h/%%41", percent},
    {"h/a%", percent},
};

TEST(endpoint, refuses) {
    for (const bad_endpoint& e : bad) {
        const auto refused = test::error_of([&] { s3::parse_endpoint(e.text); });
        ASSERT_TRUE(refused) << e.text;
        EXPECT_EQ(refused->code, code::invalid_parameter_value) << e.text;
        EXPECT_EQ(refused->message, e.message) << e.text;
        EXPECT_NE(refused->hint, "") << e.text;
    }
}

// Callers swap arguments: the endpoint may be a secret.
TEST(endpoint, messages_do_not_quote) {
    for (const char* swapped : {"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY?", "ftp://secretsecret",
                                "user:secretsecret@h", "h:secretsecret"}) {
        const auto refused = test::error_of([&] { s3::parse_endpoint(swapped); });
        ASSERT_TRUE(refused) << swapped;
        for (const std::string& said : {refused->message, refused->hint}) {
            EXPECT_EQ(said.find("secretsecret"), said.npos) << said;
            EXPECT_EQ(said.find("wJalr"), said.npos) << said;
        }
    }
}

}  // namespace
}  // namespace s3sign
