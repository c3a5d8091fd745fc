#include "sigv4/canonical.hpp"

#include "support.hpp"

namespace s3sign {
namespace {

using sigv4::field;
using test::written;

std::string normalized(std::string_view path) {
    return written(path.size() + 1, [&](char* out) { return sigv4::normalize_path(out, path); });
}

struct path_case {
    std::string_view path, normalized;
};

// the paths of AWS's suite, the examples of RFC 3986 §5.2.4, and more `..` than segments
constexpr path_case paths[] = {
    {"", "/"},
    {"/", "/"},
    {"//", "/"},
    {"/a/b", "/a/b"},
    {"a/b", "/a/b"},
    {"/a/b/", "/a/b/"},
    {"//a//b//", "/a/b/"},
    {"/./", "/"},
    {"/./a", "/a"},
    {"/a/.", "/a/"},
    {"/a/..", "/"},
    {"/a/../", "/"},
    {"/a/b/../..", "/"},
    {"/a/b/..", "/a/"},
    {"/a/b/c/./../../g", "/a/g"},
    {"mid/content=5/../6", "/mid/6"},
    {"/..", "/"},
    {"/../../a", "/a"},
    {"/a/../../b", "/b"},
    {"/a/.../b", "/a/.../b"},
    {"/.a/..b/c.", "/.a/..b/c."},
    {"/a b/ü", "/a b/ü"},
};

TEST(canonical, normalizes_a_path) {
    for (const path_case& p : paths) EXPECT_EQ(normalized(p.path), p.normalized) << p.path;
}

std::string query(std::vector<field> list) {
    const test::fields canonical = test::canonical_query(std::move(list));
    return written(canonical.memory.size() + 2 * canonical.list.size(),
                   [&](char* out) { return sigv4::put_query(out, canonical.list); });
}

TEST(canonical, query_is_sorted_by_encoded_name_then_value) {
    EXPECT_EQ(query({}), "");
    EXPECT_EQ(query({{"b", "2"}, {"a", "1"}}), "a=1&b=2");
    EXPECT_EQ(query({{"a", "2"}, {"a", "10"}, {"a", ""}}), "a=&a=10&a=2");
    EXPECT_EQ(query({{"a", "x"}, {"B", "x"}, {"_", "x"}}), "B=x&_=x&a=x");
    // «é» is over «z» raw, and under it encoded; so is «/» against «0»
    EXPECT_EQ(query({{"z", ""}, {"é", ""}}), "%C3%A9=&z=");
    EXPECT_EQ(query({{"a", "0"}, {"a", "é"}}), "a=%C3%A9&a=0");
    // a name that begins another comes first, though `=` is over `-`
    EXPECT_EQ(query({{"Param-3", "x"}, {"Param", "x"}}), "Param=x&Param-3=x");
}

TEST(canonical, query_is_encoded) {
    EXPECT_EQ(query({{"a b", "c+d/e&f=g"}}), "a%20b=c%2Bd%2Fe%26f%3Dg");
    EXPECT_EQ(query({{"", "x"}}), "=x");
}

std::string headers(std::vector<field> list) {
    const test::fields canonical = test::canonical_headers(std::move(list));
    std::string result;
    for (const field& f : canonical.list)
        result += std::string(f.name) + ":" + std::string(f.value) + "\n";
    return result;
}

TEST(canonical, header_names_are_lowered_and_sorted) {
    EXPECT_EQ(headers({}), "");
    EXPECT_EQ(headers({{"X-B", "2"}, {"x-a", "1"}, {"Content-Type", "T/X"}}),
              "content-type:T/X\nx-a:1\nx-b:2\n");
}

TEST(canonical, header_values_are_trimmed_and_collapsed) {
    EXPECT_EQ(headers({{"a", "  b   c\t d \n e  "}}), "a:b c d e\n");
    EXPECT_EQ(headers({{"a", " \t\r\n "}}), "a:\n");
    EXPECT_EQ(headers({{"a", "\"x   y\""}}), "a:\"x y\"\n");
}

TEST(canonical, equal_header_names_are_joined_in_the_order_given) {
    EXPECT_EQ(headers({{"A", "2"}, {"b", "x"}, {"a", " 1 "}, {"A", "3"}}), "a:2,1,3\nb:x\n");
    EXPECT_EQ(headers({{"a", ""}, {"a", ""}, {"a", "x"}}), "a:,,x\n");
    EXPECT_EQ(headers({{"b", "1"}, {"b", "2"}, {"a", "3"}, {"a", "4"}}), "a:3,4\nb:1,2\n");
    // so many that a sort that is not stable would mix them
    std::vector<std::string> numbers;
    for (int i = 0; i < 100; i++) numbers.push_back(std::to_string(i));
    std::vector<field> list;
    std::string joined;
    for (const std::string& number : numbers) {
        list.push_back({"a", number});
        joined += (joined.empty() ? "" : ",") + number;
    }
    EXPECT_EQ(headers(list), "a:" + joined + "\n");
}

// The buffer's size is a promise of the header.
TEST(canonical, headers_fit_the_promised_buffer) {
    std::vector<field> list{{"a", "1"}, {"A", "2"}, {"bb", "x"}, {"a", "3"}};
    std::size_t size = list.size() + test::size_of(list);
    written(size, [&](char* out) {
        list.resize(sigv4::canonicalize_headers(list, out));
        const field& last = list.back();
        return const_cast<char*>(last.value.data() + last.value.size());
    });
    EXPECT_EQ(list.size(), 2u);
}

std::string signed_headers(std::span<const field> headers) {
    const sigv4::request r{"GET", "/", "", "h", headers, "p"};
    return written(sigv4::canonical_request_size(r),
                   [&](char* out) { return sigv4::put_signed_headers(out, r); });
}

TEST(canonical, host_stands_at_its_place) {
    const field before{"content-type", "t"}, hosp{"hosp", "p"}, hosts{"hosts", "s"}, x{"x", "y"};
    EXPECT_EQ(signed_headers({}), "host");
    EXPECT_EQ(signed_headers({{before}}), "content-type;host");
    EXPECT_EQ(signed_headers({{x}}), "host;x");
    EXPECT_EQ(signed_headers({{before, hosp, hosts, x}}), "content-type;hosp;host;hosts;x");
}

TEST(canonical, request_is_six_parts) {
    const field list[] = {{"a", "1"}, {"x", "2"}};
    const sigv4::request r{"PUT", "/k%20y", "a=b&c=d", "h:8080", list, "UNSIGNED-PAYLOAD"};
    EXPECT_EQ(written(sigv4::canonical_request_size(r),
                      [&](char* out) { return sigv4::put_canonical_request(out, r); }),
              "PUT\n/k%20y\na=b&c=d\na:1\nhost:h:8080\nx:2\n\na;host;x\nUNSIGNED-PAYLOAD");
}

}  // namespace
}  // namespace s3sign
