#include "s3/form.hpp"

#include "support.hpp"

namespace s3sign {
namespace {

using sigv4::condition_kind;

const sigv4::timestamp time_of_form(test::example_time);

std::vector<s3::form_field> signed_form(const s3::form_request& form, std::string_view token = "",
                                        std::string_view bucket = "media") {
    sigv4::signing_key key(test::example_secret, {time_of_form.date(), "us-east-1", "s3"});
    return s3::sign_form(form, {bucket, test::example_identity, token, time_of_form, 60}, key);
}

std::string field_named(const std::vector<s3::form_field>& fields, std::string_view name) {
    for (const s3::form_field& f : fields)
        if (f.name == name) return f.value;
    return "(no field " + std::string(name) + ")";
}

std::string unbase64(std::string_view text) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    unsigned bits = 0;
    int count = 0;
    for (char c : text) {
        if (c == '=') break;
        bits = bits << 6 | static_cast<unsigned>(digits.find(c));
        if ((count += 6) >= 8) bytes += static_cast<char>(bits >> (count -= 8));
    }
    return bytes;
}

std::string policy_of(const s3::form_request& form, std::string_view token = "",
                      std::string_view bucket = "media") {
    return unbase64(field_named(signed_form(form, token, bucket), "policy"));
}

std::string_view tail = R"({"x-amz-algorithm": "AWS4-HMAC-SHA256"}, {"x-amz-credential": )"
                        R"("AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request"}, )"
                        R"({"x-amz-date": "20130524T000000Z"})";

std::string policy(std::string_view conditions, std::string_view key_condition,
                   std::string_view token = "") {
    return R"({"expiration": "2013-05-24T00:01:00Z", "conditions": [)" + std::string(conditions) +
           R"({"bucket": "media"}, )" + std::string(key_condition) + ", " + std::string(tail) +
           std::string(token) + "]}";
}

TEST(form, has_a_condition_for_each_field) {
    s3::form_request form("a.jpg");
    form.limit_size(1, 10);
    form.set_content_type("image/jpeg");
    form.add_field("x-amz-meta-a", "b");
    form.add_condition({condition_kind::starts_with, "x-amz-meta-c", "d"});
    EXPECT_EQ(policy_of(form, "TOKEN"),
              policy(R"(["content-length-range", 1, 10], {"Content-Type": "image/jpeg"}, )"
                     R"({"x-amz-meta-a": "b"}, ["starts-with", "$x-amz-meta-c", "d"], )",
                     R"({"key": "a.jpg"})", R"(, {"x-amz-security-token": "TOKEN"})"));
    const auto fields = signed_form(form, "TOKEN");
    std::string names;
    for (const s3::form_field& f : fields) names += f.name + " ";
    EXPECT_EQ(names,
              "Content-Type x-amz-meta-a key x-amz-algorithm x-amz-credential x-amz-date "
              "x-amz-security-token policy x-amz-signature ");
}

TEST(form, escapes_what_json_needs) {
    EXPECT_EQ(policy_of(s3::form_request("photos/\U0001f600.jpg")),
              policy("", "{\"key\": \"photos/\U0001f600.jpg\"}"));
    EXPECT_EQ(policy_of(s3::form_request("\"}, {\"acl\": \"public-read\\ \n\u00e9")),
              policy("", R"({"key": "\"}, {\"acl\": \"public-read\\ \n\u00e9"})"));
}

// Ceph's answer to {"bucket": "shop:media"}: «variable not met condition: bucket».
TEST(form, condition_has_no_tenant) {
    EXPECT_EQ(policy_of(s3::form_request("a.jpg"), "", "shop:media"),
              policy("", R"({"key": "a.jpg"})"));
}

TEST(form, filename_ends_the_key) {
    EXPECT_EQ(policy_of(s3::form_request("in/${filename}")),
              policy("", R"(["starts-with", "$key", "in/"])"));
    EXPECT_EQ(field_named(signed_form(s3::form_request("in/${filename}")), "key"),
              "in/${filename}");
    EXPECT_EQ(policy_of(s3::form_request("${filename}")),
              policy("", R"(["starts-with", "$key", ""])"));
    for (const auto key : {"${filename}/a", "a${filename}b", "${filename}${filename}"})
        EXPECT_EQ(test::error_of([&] { s3::form_request form(key); })->code,
                  code::invalid_parameter_value)
            << key;
    for (const auto key : {"$filename", "${Filename}", "${filename", "$ {filename}"})
        EXPECT_FALSE(s3::form_request(key).has_variable()) << key;
}

TEST(form, sizes) {
    const auto range = [](std::optional<std::int64_t> least, std::optional<std::int64_t> most) {
        s3::form_request form("k");
        form.limit_size(least, most);
        return form.conditions().empty() ? std::string("none")
                                         : std::to_string(form.conditions()[0].least) + "-" +
                                               std::to_string(form.conditions()[0].most);
    };
    EXPECT_EQ(range({}, {}), "none");
    EXPECT_EQ(range(0, 0), "0-0");
    EXPECT_EQ(range({}, 7), "0-7");
    EXPECT_EQ(range(7, {}), "7-5368709120");
    EXPECT_EQ(range(INT64_MAX, {}), "9223372036854775807-9223372036854775807");
    const std::pair<std::int64_t, std::int64_t> bad[] = {
        {-1, 5}, {2, 1}, {0, -1}, {INT64_MIN, INT64_MIN}, {INT64_MAX, 0}};
    for (const auto& bounds : bad)
        EXPECT_TRUE(test::error_of([&] { range(bounds.first, bounds.second); }))
            << bounds.first << " " << bounds.second;
}

TEST(form, content_types) {
    const auto condition = [](std::string_view type) {
        s3::form_request form("k");
        form.set_content_type(type);
        return policy_of(form);
    };
    const auto key = R"({"key": "k"})";
    EXPECT_EQ(condition("text/plain; charset=utf-8"),
              policy(R"({"Content-Type": "text/plain; charset=utf-8"}, )", key));
    EXPECT_EQ(condition("image/*"), policy(R"(["starts-with", "$Content-Type", "image/"], )", key));
    EXPECT_EQ(condition("*"), policy(R"(["starts-with", "$Content-Type", ""], )", key));
    for (const auto type : {"", "*/*", "im*ge/png", "image/**", "a\nb", "\u00e9", "${filename}"})
        EXPECT_TRUE(test::error_of([&] { condition(type); })) << type;
}

TEST(form, refuses_what_it_sets_itself) {
    for (const std::string name :
         {"key", "KEY", "bucket", "policy", "Policy", "file", "x-amz-algorithm", "X-Amz-Credential",
          "x-amz-date", "x-amz-security-token", "x-amz-signature", "content-length-range", "",
          "a b", "\"", "a:b"}) {
        EXPECT_TRUE(test::error_of([&] { s3::form_request("k").add_field(name, "v"); })) << name;
        EXPECT_TRUE(test::error_of([&] {
            s3::form_request("k").add_condition({condition_kind::starts_with, name, "v"});
        })) << name;
    }
    s3::form_request typed("k");
    typed.set_content_type("text/plain");
    EXPECT_TRUE(test::error_of([&] { typed.add_field("content-TYPE", "v"); }));
    s3::form_request sized("k");
    sized.limit_size(1, 2);
    EXPECT_TRUE(test::error_of([&] {
        sized.add_condition({condition_kind::content_length_range, "", "", 0, 9});
    }));
    s3::form_request twice("k");
    twice.add_field("x-amz-meta-a", "1");
    EXPECT_TRUE(test::error_of([&] { twice.add_field("X-Amz-Meta-A", "2"); }));
    EXPECT_TRUE(test::error_of([&] { twice.add_field("x-amz-meta-b", "${filename}"); }));
}

TEST(form, remembers_whose_names_to_check) {
    s3::form_request form("k");
    form.set_content_type("text/plain");
    form.add_field("Acl", "public-read");
    form.add_condition({condition_kind::equal, "X-Amz-Meta-A", "v"});
    EXPECT_EQ(form.names(), (std::vector<std::string>{"acl", "x-amz-meta-a"}));
}

}  // namespace
}  // namespace s3sign
