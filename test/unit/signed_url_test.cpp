// What a presigned URL says, and what of a hostile one can be read.
#include "sigv4/signed_url.hpp"

#include <cctype>
#include <random>

#include "base/ascii.hpp"
#include "sigv4/query_value.hpp"
#include "support.hpp"

namespace s3sign::test {
namespace {

using sigv4::signed_url;

// A URL that has been read, and the memory that it views. The fields and bytes behind what
// read_signed_url() asks for must stay.
class read {
   public:
    explicit read(std::string text)
        : text_(std::move(text)),
          fields_(sigv4::count_parameters(text_) + 1, field{"guard", ""}),
          memory_(text_.size() + 8, '\xA5'),
          url_(sigv4::read_signed_url(text_, std::span(fields_).first(fields_.size() - 1),
                                      memory_.data())) {
        EXPECT_EQ(fields_.back().name, "guard") << text_;
        EXPECT_EQ(memory_.substr(text_.size()), std::string(8, '\xA5')) << text_;
    }

    const signed_url* operator->() const { return &url_; }
    std::string fault() const {
        return url_.fault ? std::string(url_.fault.subject) + " " + std::string(url_.fault.what)
                          : "";
    }

   private:
    std::string text_;
    std::vector<field> fields_;
    std::string memory_;
    signed_url url_;
};

// AWS: sigv4-query-string-auth, with a session token and a parameter of its own
const std::string good =
    "https://examplebucket.s3.amazonaws.com/test.txt"
    "?X-Amz-Algorithm=AWS4-HMAC-SHA256"
    "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
    "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host%3Bx-amz-acl"
    "&X-Amz-Security-Token=a%2Bb&versionId=%C3%BC"
    "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";

std::string with(std::string_view before, std::string_view after) {
    std::string text = good;
    const std::size_t at = text.find(before);
    EXPECT_NE(at, text.npos) << before;
    return text.replace(at, before.size(), after);
}

std::string without(std::string_view parameter) {
    const std::size_t at = good.find("&" + std::string(parameter) + "=");
    EXPECT_NE(at, good.npos) << parameter;
    std::string text = good;
    return text.erase(at, good.find('&', at + 1) - at);
}

TEST(signed_url, parts) {
    const read u(good);
    EXPECT_EQ(u.fault(), "");
    EXPECT_TRUE(u->is_signed);
    EXPECT_EQ(u->algorithm, "AWS4-HMAC-SHA256");
    EXPECT_EQ(u->identity, "AKIAIOSFODNN7EXAMPLE");
    EXPECT_EQ(u->date, "20130524");
    EXPECT_EQ(u->region, "us-east-1");
    EXPECT_EQ(u->service, "s3");
    EXPECT_EQ(u->time, "20130524T000000Z");
    EXPECT_EQ(u->signed_at, example_time);
    EXPECT_EQ(u->expires, 86400);
    EXPECT_EQ(u->signed_headers, "host;x-amz-acl");
    EXPECT_EQ(u->session_token, "a+b");
    EXPECT_FALSE(u->payload);
    EXPECT_EQ(u->signature, "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
    ASSERT_TRUE(u->query);
    EXPECT_EQ(u->query->size(), 7u);
    EXPECT_EQ(u->query->back().name, "versionId");
    EXPECT_EQ(u->query->back().value, "\u00fc");
}

TEST(signed_url, parameters_keep_their_order) {
    const read u(good + "&x-amz-meta-b=1&z&a=2&a=1&X-Amz-Meta-A=%C3%BC&");
    EXPECT_EQ(u.fault(), "");
    std::string order;
    for (const field& f : u->query->subspan(6))
        order += std::string(f.name) + "=" + std::string(f.value) + ";";
    EXPECT_EQ(order, "versionId=\u00fc;x-amz-meta-b=1;z=;a=2;a=1;X-Amz-Meta-A=\u00fc;");
}

TEST(signed_url, plus_is_a_space_in_a_query) {
    const read u(with("%C3%BC", "a+b%2Bc+"));
    EXPECT_EQ(u.fault(), "");
    EXPECT_EQ(u->query->back().value, "a b+c ");
}

TEST(signed_url, identity_with_slashes) {
    const read u(with("AKIAIOSFODNN7EXAMPLE", "a%2Fb/c"));
    EXPECT_EQ(u.fault(), "");
    EXPECT_EQ(u->identity, "a/b/c");
    EXPECT_EQ(u->region, "us-east-1");
}

TEST(signed_url, other_ways_to_write_it) {
    EXPECT_EQ(read(with("https", "HTTP")).fault(), "");
    EXPECT_EQ(read(with("%2F2013", "%2f2013")).fault(), "");
    EXPECT_EQ(read(with("X-Amz-Expires", "X%2DAmz-Expires")).fault(), "");
    EXPECT_EQ(read(with("&versionId", "&&versionId")).fault(), "");
    EXPECT_EQ(read(good + "&").fault(), "");
    EXPECT_EQ(read(good + "&&&").fault(), "");
    EXPECT_EQ(read(good + "&X-Amz-Content-Sha256=UNSIGNED-PAYLOAD").fault(), "");
    EXPECT_EQ(read(good + "&a=1&a=1&x-amz-meta-a=1&x-amz-meta-b=1").fault(), "");
    EXPECT_EQ(read(with("&X-Amz-SignedHeaders=host%3B", "&X-Amz-SignedHeaders=host;")).fault(), "");
}

TEST(signed_url, no_url) {
    for (const std::string& text :
         {std::string(), std::string("x"), good.substr(8), good.substr(5), "ftp" + good.substr(5),
          good + " ", "\n" + good, with("test.txt", "\xc3\xbc"), with("test.txt", "a b"),
          with("test.txt", std::string(1, '\0'))}) {
        const read u(text);
        EXPECT_EQ(u.fault(), "URL is neither http nor https") << text;
        EXPECT_FALSE(u->is_signed) << text;
        EXPECT_FALSE(u->identity || u->query || u->signature) << text;
    }
}

// S3 accepts SigV4's parameters in any case. The query keeps the names as written: they are signed.
TEST(signed_url, parameters_in_any_case) {
    for (const bool upper : {false, true}) {
        std::string text = good;
        for (std::size_t at = text.find("X-Amz-"); at != text.npos; at = text.find("X-Amz-", at))
            for (; text[at] != '='; at++)
                text[at] = upper ? static_cast<char>(std::toupper(text[at])) : to_lower(text[at]);
        const read u(text);
        const read same(good);
        EXPECT_EQ(u.fault(), "") << text;
        EXPECT_TRUE(u->is_signed) << text;
        EXPECT_EQ(u->algorithm, same->algorithm);
        EXPECT_EQ(u->identity, same->identity);
        EXPECT_EQ(u->signed_at, same->signed_at);
        EXPECT_EQ(u->expires, same->expires);
        EXPECT_EQ(u->signed_headers, same->signed_headers);
        EXPECT_EQ(u->session_token, "a+b");
        EXPECT_EQ(u->signature, same->signature);
        ASSERT_EQ(u->query->size(), same->query->size()) << "the signature is left out";
        EXPECT_EQ(u->query->front().name, upper ? "X-AMZ-ALGORITHM" : "x-amz-algorithm");
    }
    EXPECT_EQ(read(good + "&x-amz-content-sha256=x")->payload, "x");
}

// Each is what the scheme's SDK writes, see other_scheme.cpp.
TEST(signed_url, other_schemes) {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"AWSAccessKeyId=AKIA&Signature=vjbyPxybdZaNmGa%2ByT272YEAiv4%3D&Expires=1175139620",
         "AWS Signature Version 2"},
        {"AWSAccessKeyId=ASIA&Signature=a%3D&x-amz-security-token=t&Expires=1175139620",
         "AWS Signature Version 2"},
        {"Expires=1357034400&Signature=nitfHRCrtziwO2HwPfWw~yYDhUF5EwRunQA-&Key-Pair-Id=K2JCJMDE",
         "CloudFront"},
        {"Policy=eyJ&Signature=nitf&Key-Pair-Id=K2JCJMDE", "CloudFront"},
        {"X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential=a%40b%2F20191201%2Fus%2Fstorage%2F"
         "goog4_request&X-Goog-Date=20191201T190859Z&X-Goog-Expires=10&X-Goog-SignedHeaders=host"
         "&X-Goog-Signature=95e6",
         "Google V4"},
        {"GoogleAccessId=a%40b&Expires=1458238630&Signature=VVUgfqviDCov", "Google V2"},
        {"OSSAccessKeyId=LTAI&Expires=1141889120&Signature=vjbyPxybdZaNmGa%252ByT272YEAiv4%253D",
         "Alibaba V1"},
        {"x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-credential=LTAI%2F20231203%2Fcn-hangzhou"
         "%2Foss%2Faliyun_v4_request&x-oss-date=20231203T121212Z&x-oss-expires=86400"
         "&x-oss-signature=c51c",
         "Alibaba V2 or V4"},
        {"q-sign-algorithm=sha1&q-ak=AKID&q-sign-time=1557989753;1557996953&q-key-time=1557989753;"
         "1557996953&q-header-list=host&q-url-param-list=&q-signature=5d1f",
         "Tencent"},
        {"AccessKeyId=AK&Expires=1532779451&Signature=0Akylf43Bm3mD1bh2rM3dmVp1Bo%3D", "Huawei"},
    };
    for (const auto& [query, scheme] : cases) {
        const read u("https://bucket.example.com/file?" + query);
        EXPECT_EQ(u->other_scheme, scheme) << query;
        EXPECT_FALSE(u->is_signed) << query;
        EXPECT_TRUE(u->has_other_algorithm()) << query;
    }
    // of a SigV4 URL they are the user's parameters
    for (const std::string& text :
         {good + "&AWSAccessKeyId=a&Signature=b",
          good.substr(0, good.find("&X-Amz-Date")) + "&AWSAccessKeyId=a&Signature=b"}) {
        EXPECT_TRUE(read(text)->is_signed) << text;
        EXPECT_FALSE(read(text)->has_other_algorithm()) << text;
    }
    for (const std::string_view query : {"Signature=a", "AccessKeyId=a&Expires=1", "Key-Pair-Id=a"})
        EXPECT_FALSE(read("https://host/?" + std::string(query))->has_other_algorithm()) << query;
    EXPECT_TRUE(read(with("HMAC-SHA256", "ECDSA-P256-SHA256"))->has_other_algorithm());
    EXPECT_TRUE(read(with("X-Amz-Algorithm=AWS4-HMAC", "x-amz-algorithm=GOOG4-HMAC"))
                    ->has_other_algorithm());
    EXPECT_FALSE(read(good)->has_other_algorithm());
}

TEST(signed_url, not_signed) {
    const read u("https://host/path?a=b&Signature=x&X-Goog-Signature=1");
    EXPECT_FALSE(u->is_signed);
    EXPECT_EQ(u.fault(), "X-Amz-Algorithm is missing");
    EXPECT_FALSE(read("https://host/")->is_signed);
}

TEST(signed_url, faults) {
    const std::string credential =
        "X-Amz-Credential is not identity/date/region/service/aws4_request";
    const std::vector<std::pair<std::string, std::string>> cases = {
        {with("https://", "https://user:password@"), "URL has user information"},
        {good + "#", "URL has a fragment"},
        {with("test.txt", "%zz"), "path has a bad percent-encoding"},
        {with("test.txt", "%4"), "path has a bad percent-encoding"},
        {with("%C3%BC", "%C3%B"), "query has a bad percent-encoding"},
        {with("versionId", "%"), "query has a bad percent-encoding"},
        {with("AKIA", "%%AKIA"), "X-Amz-Credential has a bad percent-encoding"},
        {without("X-Amz-Credential"), "X-Amz-Credential is missing"},
        {without("X-Amz-Date"), "X-Amz-Date is missing"},
        {without("X-Amz-Expires"), "X-Amz-Expires is missing"},
        {without("X-Amz-SignedHeaders"), "X-Amz-SignedHeaders is missing"},
        {good.substr(0, good.find("&X-Amz-Signature")), "X-Amz-Signature is missing"},
        {good + "&X-Amz-Expires=1", "X-Amz-Expires appears more than once"},
        {good + "&x-amz-expires=1", "X-Amz-Expires appears more than once"},
        {good + "&X-Amz%2DSignature=", "X-Amz-Signature appears more than once"},
        {good + "&X-Amz-Security-Token=x", "X-Amz-Security-Token appears more than once"},
        {good + "&x-amz-signature=x", "X-Amz-Signature appears more than once"},
        {good + "&x-amz-security-token=x", "X-Amz-Security-Token appears more than once"},
        {good + "&x-amz-content-sha256=a%0A",
         "X-Amz-Content-Sha256 is not of letters, digits and \"-\""},
        {good + "&X-Amz-Content-Sha256=",
         "X-Amz-Content-Sha256 is not of letters, digits and \"-\""},
        {good + "&X-Amz-Content-Sha256=a%FFb",
         "X-Amz-Content-Sha256 is not of letters, digits and \"-\""},
        {good + "&X-Amz-Content-Sha256=%00",
         "X-Amz-Content-Sha256 is not of letters, digits and \"-\""},
        {good + "&X-Amz-Content-Sha256=a%0A",
         "X-Amz-Content-Sha256 is not of letters, digits and \"-\""},
        {good + "&=", "query has a parameter without a name"},
        {good + "&=a", "query has a parameter without a name"},
        {with("&versionId", "&=&versionId"), "query has a parameter without a name"},
        {good + "&x-amz-acl=a&x-amz-acl=a", "query has an x-amz parameter twice"},
        {good + "&x-amz-acl=a&z=1&x-amz-meta-a&X-AMZ-Acl=b", "query has an x-amz parameter twice"},
        {with("aws4_request", "aws5_request"), credential},
        {with("%2Fus-east-1", ""), credential},
        {with("us-east-1", ""), credential},
        {with("us-east-1", "us%0Aeast"), credential},
        {with("AKIAIOSFODNN7EXAMPLE%2F", "%2F"), credential},
        {with("AKIAIOSFODNN7EXAMPLE%2F", ""), credential},
        {with("20130524%2F", "20130532%2F"), credential},
        {with("20130524%2F", "00000524%2F"), credential},
        {with("20130524%2F", "20130525%2F"), "X-Amz-Credential is of another date"},
        {with("20130524T000000Z", "20130524T240000Z"), "X-Amz-Date is not a time"},
        {with("20130524T000000Z", "20130524T006000Z"), "X-Amz-Date is not a time"},
        {with("20130524T000000Z", "20130524000000Z"), "X-Amz-Date is not a time"},
        {with("20130524T000000Z", "20130524T0000-1Z"), "X-Amz-Date is not a time"},
        {with("=86400", "=0"), "X-Amz-Expires is outside 1..604800"},
        {with("=86400", "=604801"), "X-Amz-Expires is outside 1..604800"},
        {with("=86400", "=-1"), "X-Amz-Expires is outside 1..604800"},
        {with("=86400", "=1e3"), "X-Amz-Expires is outside 1..604800"},
        {with("=86400", "="), "X-Amz-Expires is outside 1..604800"},
        {with("=86400", "=99999999999999999999"), "X-Amz-Expires is outside 1..604800"},
        {with("host%3Bx-amz-acl", ""),
         "X-Amz-SignedHeaders is not a sorted list of lower-case names"},
        {with("host%3B", "Host%3B"),
         "X-Amz-SignedHeaders is not a sorted list of lower-case names"},
        {with("host%3B", "host%3B%3B"),
         "X-Amz-SignedHeaders is not a sorted list of lower-case names"},
        {with("x-amz-acl", ""), "X-Amz-SignedHeaders is not a sorted list of lower-case names"},
        {with("x-amz-acl", "host"), "X-Amz-SignedHeaders is not a sorted list of lower-case names"},
        {with("x-amz-acl", "a"), "X-Amz-SignedHeaders is not a sorted list of lower-case names"},
        {with("d404", "D404"), "X-Amz-Signature is not 64 digits of lower-case hex"},
        {with("d404", "d40"), "X-Amz-Signature is not 64 digits of lower-case hex"},
        {with("d404", "d4040"), "X-Amz-Signature is not 64 digits of lower-case hex"},
    };
    for (const auto& [text, expected] : cases) {
        const read u(text);
        EXPECT_EQ(u.fault(), expected) << text;
        EXPECT_TRUE(u->is_signed) << text;
    }
}

TEST(signed_url, what_can_be_read_is_read) {
    const read twice(good + "&X-Amz-Expires=1");
    EXPECT_FALSE(twice->expires);
    EXPECT_EQ(twice->identity, "AKIAIOSFODNN7EXAMPLE");
    EXPECT_TRUE(twice->query);

    const read bad(with("%C3%BC", "%zz"));
    EXPECT_FALSE(bad->query);
    EXPECT_EQ(bad->signed_at, example_time);

    const read long_life(with("=86400", "=7776000"));  // Tigris: 90 days
    EXPECT_EQ(long_life->expires, 7776000);

    const read cut(good.substr(0, good.find("%2Fus-east-1")));
    EXPECT_FALSE(cut->identity || cut->region || cut->expires);
    EXPECT_EQ(cut->algorithm, "AWS4-HMAC-SHA256");
}

TEST(signed_url, every_beginning) {
    for (std::size_t size = 0; size < good.size(); size++)
        EXPECT_NE(read(good.substr(0, size)).fault(), "") << size;
}

// Nothing is read or written out of bounds (the sanitizers look) and nothing throws.
TEST(signed_url, random_bytes) {
    std::mt19937 random(1);
    constexpr std::string_view bytes = "%2F&=+;#?/:X-Amz-Date0\x80\xff\n";
    for (int i = 0; i < 20000; i++) {
        std::string text = good;
        for (int changes = 1 + static_cast<int>(random() % 8); changes > 0; changes--)
            text[random() % text.size()] = bytes[random() % bytes.size()];
        if (random() % 4 == 0) text.resize(random() % text.size());
        const read u(text);
        EXPECT_NE(u->identity, std::string_view());
    }
}

TEST(signed_url, many_parameters) {
    std::string text = "https://h/?";
    for (std::size_t i = 0; i < sigv4::most_fields; i++) text += "a&";
    const read u(text);
    ASSERT_TRUE(u->query);
    EXPECT_EQ(u->query->size(), sigv4::most_fields);
    EXPECT_FALSE(read(text + "a")->query);
    const read and_signed(text + "a&" + good.substr(good.find('?') + 1));
    EXPECT_FALSE(and_signed->query);
    EXPECT_EQ(and_signed->expires, 86400);
    EXPECT_EQ(and_signed.fault(), "query has over 10000 parameters");
    EXPECT_TRUE(read("https://h/?" + std::string(1 << 20, '&'))->query->empty());
}

TEST(signed_url, dates) {
    EXPECT_EQ(sigv4::parse_date("19700101"), 0);
    EXPECT_EQ(sigv4::parse_date("20130524"), example_time);
    EXPECT_EQ(sigv4::parse_date("00010101"), sigv4::earliest_time);
    EXPECT_EQ(sigv4::parse_date("99991231"), sigv4::latest_time - 86399);
    EXPECT_EQ(sigv4::parse_date("20000229"), 951782400);  // date -u -d 2000-02-29 +%s
    for (const std::string_view text : {"", "2013052", "201305240", "20130500", "20131301",
                                        "20130229", "19000229", "-2013010", "2013 524", "00000101"})
        EXPECT_FALSE(sigv4::parse_date(text)) << text;
}

TEST(signed_url, header_names) {
    std::string_view list = "a;;b;";
    EXPECT_EQ(sigv4::take_header_name(list), "a");
    EXPECT_EQ(sigv4::take_header_name(list), "");
    EXPECT_EQ(sigv4::take_header_name(list), "b");
    EXPECT_EQ(list, "");
}

}  // namespace
}  // namespace s3sign::test
