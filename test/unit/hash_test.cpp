#include "sigv4/hash.hpp"

#include "sigv4/request.hpp"
#include "support.hpp"

namespace s3sign {
namespace {

using test::hex;
using test::unhex;

struct hash_vector {
    std::string message;
    std::string_view digest;
};

// FIPS 180-2 appendix B and NIST's example values of SHA-256
TEST(sha256, fips_180) {
    const hash_vector vectors[] = {
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopq"
         "klmnopqrlmnopqrsmnopqrstnopqrstu",
         "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
        {std::string(1000000, 'a'),
         "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
    };
    for (const auto& v : vectors) EXPECT_EQ(hex(sigv4::sha256(v.message)), v.digest);
}

TEST(sha256, of_nothing_is_the_empty_payload) {
    EXPECT_EQ(hex(sigv4::sha256("")), sigv4::empty_payload);
    EXPECT_EQ(hex(sigv4::sha256({})), sigv4::empty_payload);
}

TEST(sha256, of_parts_is_that_of_the_whole) {
    EXPECT_EQ(sigv4::sha256({"a", "", "bc"}), sigv4::sha256("abc"));
    const std::string block(64, 'x');
    EXPECT_EQ(sigv4::sha256({block, block, "y"}), sigv4::sha256(block + block + "y"));
}

struct hmac_vector {
    std::string key, message;
    std::string_view mac;
};

// RFC 4231 §4; case 5's is truncated to 128 bits there.
TEST(hmac_key, rfc_4231) {
    const hmac_vector vectors[] = {
        {unhex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"), "Hi There",
         "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        {"Jefe", "what do ya want for nothing?",
         "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        {std::string(20, '\xaa'), std::string(50, '\xdd'),
         "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
        {unhex("0102030405060708090a0b0c0d0e0f10111213141516171819"), std::string(50, '\xcd'),
         "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
        {std::string(20, '\x0c'), "Test With Truncation", "a3b6167473100ee06e0c796c2955552b"},
        {std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
         "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
        {std::string(131, '\xaa'),
         "This is a test using a larger than block-size key and a larger than block-size data. "
         "The key needs to be hashed before being used by the HMAC algorithm.",
         "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
    };
    for (const auto& v : vectors) {
        const std::string mac = hex(sigv4::hmac_key({v.key}).sign(v.message));
        EXPECT_EQ(std::string_view(mac).substr(0, v.mac.size()), v.mac) << v.message;
    }
}

TEST(hmac_key, of_parts_is_that_of_the_whole) {
    for (std::size_t size : {0, 1, 60, 61, 64, 65, 200}) {
        const std::string rest(size, 'k');
        EXPECT_EQ(sigv4::hmac_key({"AWS4", rest}).sign("m"),
                  sigv4::hmac_key({"AWS4" + rest}).sign("m"))
            << size;
    }
}

// Signing must not change the key, and two keys share one work context.
TEST(hmac_key, signs_again_and_beside_another) {
    const sigv4::hmac_key a({"a"}), b({"b"});
    const sigv4::digest of_a = a.sign("message"), of_b = b.sign("message");
    EXPECT_NE(of_a, of_b);
    EXPECT_EQ(a.sign("message"), of_a);
    EXPECT_EQ(b.sign("message"), of_b);
}

// The head of a message is kept, and goes on with one tail after another.
TEST(hmac_key, message_with_its_head_taken_in) {
    for (const std::size_t size : {0, 1, 63, 64, 65, 200}) {
        const std::string head(size, 'h');
        const sigv4::hmac_key key({"key"}), other({"other"});
        sigv4::hmac_key::message m;
        other.begin(m, "of another key");
        key.begin(m, head);
        EXPECT_EQ(key.sign(m, "tail"), key.sign(head + "tail")) << size;
        EXPECT_EQ(key.sign(m, ""), key.sign(head)) << size;
        EXPECT_EQ(key.sign(m, "tail"), key.sign(head + "tail")) << size;
    }
}

TEST(sha256, in_pieces) {
    static int pieces;
    for (const std::size_t size : {0, 1, 65535, 65536, 65537, 131072, 131073, 1000000}) {
        const std::string text(size, 'a');
        pieces = 0;
        EXPECT_EQ(sigv4::sha256(text, [] { pieces++; }), sigv4::sha256(text)) << size;
        EXPECT_EQ(static_cast<std::size_t>(pieces), size == 0 ? 0 : (size - 1) / 65536) << size;
    }
}

}  // namespace
}  // namespace s3sign
