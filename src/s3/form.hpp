// A POST form: the fields that a browser sends to upload one object, and the policy that says
// what they and the object may be.
// https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sigv4/policy.hpp"
#include "sigv4/signature.hpp"
#include "sigv4/time.hpp"

namespace s3sign::s3 {

// At the end of a key it stands for the name of the user's file.
inline constexpr std::string_view filename_variable = "${filename}";

struct form_field {
    std::string name;
    std::string value;
};

// What a form may upload, as the caller says it. Texts in UTF-8.
class form_request {
   public:
    // 22023 for `${filename}` anywhere but at the end.
    explicit form_request(std::string_view key);

    // 0 ≤ least ≤ most, else 22023; where one is absent, it is 0 or what S3 takes at most.
    void limit_size(std::optional<std::int64_t> least, std::optional<std::int64_t> most);

    // A type, or the beginning of one and `*`; 22023 for an empty one and a `*` elsewhere.
    void set_content_type(std::string_view type);

    // A field with its exact-match condition. 22023 where the form sets it, or it is there already.
    void add_field(std::string_view name, std::string_view value);

    // A condition of the caller's. 22023 where the form or an argument sets what it is about.
    void add_condition(sigv4::condition c);

    std::string_view key() const { return key_; }
    bool has_variable() const { return key_.ends_with(filename_variable); }

    // The names, in lower case, that the caller's fields and conditions are about.
    const std::vector<std::string>& names() const { return names_; }

    const std::vector<form_field>& fields() const { return fields_; }
    const std::vector<sigv4::condition>& conditions() const { return conditions_; }

   private:
    void check_name(std::string_view name);

    std::string key_;
    bool sized_ = false;
    bool typed_ = false;
    std::vector<std::string> names_;
    std::vector<form_field> fields_;
    std::vector<sigv4::condition> conditions_;
};

// Who signs a form, for which bucket and for how long.
struct form_signer {
    std::string_view bucket;
    std::string_view identity;       // access key id
    std::string_view session_token;  // empty: none
    sigv4::timestamp time;
    std::int64_t expires;  // seconds from it
};

// All fields of the form but `file`, which has to come last.
std::vector<form_field> sign_form(const form_request& request, const form_signer& signer,
                                  sigv4::signing_key& key);

}  // namespace s3sign::s3
