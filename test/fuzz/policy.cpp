// A POST policy is JSON whatever its values are: read by a small parser of its own, it has them all
// and nothing else. Pairs of a field's name and its value, each an exact match.
#include "sigv4/policy.hpp"

#include "fuzz.hpp"

namespace s3sign::fuzz {
namespace {

// JSON of objects, arrays, strings and numbers, as far as a policy has it.
class reader {
   public:
    explicit reader(std::string_view text) : rest_(text) {}

    bool at_end() const { return rest_.empty(); }

    // A token, behind spaces.
    bool token(std::string_view text) {
        while (take(" ")) {
        }
        return take(text);
    }

    bool take(std::string_view text) {
        if (!rest_.starts_with(text)) return false;
        rest_.remove_prefix(text.size());
        return true;
    }

    std::string string() {
        require(token("\""), "a string", rest_);
        std::string text;
        while (!take("\"")) {
            require(!rest_.empty() && static_cast<unsigned char>(rest_[0]) >= ' ', "a character",
                    rest_);
            const char c = next();
            text += c == '\\' ? escaped() : std::string(1, c);
        }
        return text;
    }

   private:
    char next() {
        require(!rest_.empty(), "more");
        const char c = rest_[0];
        rest_.remove_prefix(1);
        return c;
    }

    unsigned code() {
        unsigned value = 0;
        for (int i = 0; i < 4; i++) {
            const std::string digit(1, next());
            const std::size_t at = std::string("0123456789abcdef").find(digit);
            require(at != std::string::npos, "a digit", digit);
            value = value * 16 + static_cast<unsigned>(at);
        }
        return value;
    }

    std::string escaped() {
        const char c = next();
        if (c != 'u') {
            require(std::string_view("\"\\/bfnrt").find(c) != std::string_view::npos, "an escape");
            constexpr std::string_view names = "bfnrt", bytes = "\b\f\n\r\t";
            const std::size_t at = names.find(c);
            return {at == names.npos ? c : bytes[at]};
        }
        unsigned point = code();
        if (point >= 0xd800 && point < 0xdc00) {
            require(take("\\u"), "a surrogate's second half", rest_);
            const unsigned low = code();
            require(low >= 0xdc00 && low < 0xe000, "a surrogate's second half");
            point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
        }
        require(point < 0xdc00 || point > 0xdfff, "no second half alone");
        return utf8(point);
    }

    static std::string utf8(unsigned point) {
        const auto tail = [&](int shift) {
            return static_cast<char>(0x80 | (point >> shift & 0x3f));
        };
        if (point < 0x80) return {static_cast<char>(point)};
        if (point < 0x800) return {static_cast<char>(0xc0 | point >> 6), tail(0)};
        if (point < 0x10000) return {static_cast<char>(0xe0 | point >> 12), tail(6), tail(0)};
        return {static_cast<char>(0xf0 | point >> 18), tail(12), tail(6), tail(0)};
    }

    std::string_view rest_;
};

}  // namespace

void fuzz(input bytes) {
    std::vector<sigv4::condition> conditions;
    while (!bytes.is_empty()) {
        const std::string name = bytes.next();
        const std::string value = bytes.next();
        if (!is_utf8(name) || !is_utf8(value)) return;
        const bool begins = name.ends_with('*');
        conditions.push_back(
            {begins ? sigv4::condition_kind::starts_with : sigv4::condition_kind::equal, name,
             value});
    }
    const std::string text = sigv4::policy_text(sigv4::timestamp(1700000000), conditions);
    reader json(text);
    require(json.token("{"), "an object", text);
    same(json.string(), "expiration", "its first member");
    require(json.token(":"), "a value", text);
    same(json.string(), "2023-11-14T22:13:20Z", "when it ends");
    require(json.token(","), "another member", text);
    same(json.string(), "conditions", "its second member");
    require(json.token(":") && json.token("["), "an array", text);
    for (std::size_t i = 0; i < conditions.size(); i++) {
        require(i == 0 || json.token(","), "the next condition", text);
        const sigv4::condition& c = conditions[i];
        if (json.token("{")) {
            require(c.kind == sigv4::condition_kind::equal, "an exact match", text);
            same(json.string(), c.field, "a field's name");
            require(json.token(":"), "a value", text);
        } else {
            require(json.token("["), "a condition", text);
            same(json.string(), c.kind == sigv4::condition_kind::equal ? "eq" : "starts-with",
                 "its kind");
            require(json.token(","), "a field", text);
            same(json.string(), "$" + c.field, "a field's name");
            require(json.token(","), "a value", text);
        }
        same(json.string(), c.value, "a field's value");
        require(json.token("}") || json.token("]"), "a condition's end", text);
    }
    require(json.token("]") && json.token("}") && json.at_end(), "the end", text);
}

}  // namespace s3sign::fuzz
