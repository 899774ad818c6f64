// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "text_format.h"

#include <algorithm>
#include <cctype>
#include <cstring>

namespace heaplens {
namespace {

/** Groups within groups; a file that goes deeper is no configuration. */
constexpr int DEEPEST = 100;

bool isWord(char letter) {
	return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_';
}

std::string lower(std::string text) {
	for (char& letter : text) {
		letter = char(std::tolower(static_cast<unsigned char>(letter)));
	}
	return text;
}

/** Cuts a text into words, numbers, strings and signs. */
class Tokens {
public:
	explicit Tokens(const std::string& text) : text_(text) { next(); }

	const std::string& current() const { return token_; }
	TextPlace place() const { return place_; }
	TextPlace previousPlace() const { return previous_; }
	bool atEnd() const { return token_.empty(); }

	void next() {
		previous_ = place_;
		skipBlanks();
		place_ = {line_, unsigned(at_ - lineBegin_) + 1};
		size_t begin = at_;
		if (at_ == text_.size()) {
			token_.clear();
			return;
		}
		char first = text_[at_];
		if (std::isalpha(static_cast<unsigned char>(first)) || first == '_') {
			while (at_ < text_.size() && (isWord(text_[at_]) || text_[at_] == '-' || text_[at_] == '+')) {
				at_++;
			}
		} else if (std::isdigit(static_cast<unsigned char>(first)) || first == '-' || first == '+' || first == '.') {
			at_++;
			while (at_ < text_.size() && (isWord(text_[at_]) || std::strchr(".+-", text_[at_]) != nullptr)) {
				at_++;
			}
		} else if (first == '"' || first == '\'') {
			at_++;
			while (at_ < text_.size() && text_[at_] != first && text_[at_] != '\n') {
				at_ += text_[at_] == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] != '\n' ? 2 : 1;
			}
			at_ += at_ < text_.size() && text_[at_] == first ? 1 : 0;
		} else {
			at_++;
		}
		token_ = text_.substr(begin, at_ - begin);
	}

	bool tryConsume(const char* what) {
		bool found = token_ == what;
		if (found) {
			next();
		}
		return found;
	}

	void consume(const char* what) {
		if (!tryConsume(what)) {
			throw TextProblem(place_, std::string("Expected \"") + what + "\".");
		}
	}

	std::string word() {
		bool is = !token_.empty() && !std::isdigit(static_cast<unsigned char>(token_[0]));
		for (char letter : token_) {
			is = is && isWord(letter);
		}
		if (!is) {
			throw TextProblem(place_, "Expected identifier. Found '" + token_ + "'");
		}
		std::string result = token_;
		next();
		return result;
	}

	/** One or several, which are joined. */
	std::string string() {
		std::string result = onePart();
		while (!token_.empty() && (token_[0] == '"' || token_[0] == '\'')) {
			result += onePart();
		}
		return result;
	}

private:
	void skipBlanks() {
		while (at_ < text_.size()) {
			char letter = text_[at_];
			if (letter == '#') {
				while (at_ < text_.size() && text_[at_] != '\n') {
					at_++;
				}
			} else if (letter == '\n') {
				at_++;
				line_++;
				lineBegin_ = at_;
			} else if (std::isspace(static_cast<unsigned char>(letter))) {
				at_++;
			} else {
				return;
			}
		}
	}

	std::string onePart() {
		char quote = token_.empty() ? '\0' : token_[0];
		if (quote != '"' && quote != '\'') {
			throw TextProblem(place_, "Expected string.");
		}
		if (token_.size() < 2 || token_.back() != quote) {
			throw TextProblem(place_, "String missing ending quote.");
		}
		std::string result = unescaped(token_.substr(1, token_.size() - 2));
		next();
		return result;
	}

	std::string unescaped(const std::string& raw) const {
		std::string result;
		for (size_t at = 0; at < raw.size(); at++) {
			if (raw[at] != '\\') {
				result += raw[at];
				continue;
			}
			at++;
			static const char LETTERS[] = "abfnrtv\\'\"?";
			static const char MEANT[] = "\a\b\f\n\r\t\v\\'\"?";
			const char* known = at < raw.size() ? std::strchr(LETTERS, raw[at]) : nullptr;
			if (at < raw.size() && (raw[at] == 'x' || (raw[at] >= '0' && raw[at] <= '7'))) {
				bool hex = raw[at] == 'x';
				size_t begin = hex ? at + 1 : at;
				size_t end = begin;
				while (end < raw.size() && end < begin + (hex ? 2 : 3) &&
				       (hex ? std::isxdigit(static_cast<unsigned char>(raw[end])) != 0 : raw[end] >= '0' && raw[end] <= '7')) {
					end++;
				}
				result += char(std::strtoul(("0" + raw.substr(begin, end - begin)).c_str(), nullptr, hex ? 16 : 8));
				at = end - 1;
			} else if (known != nullptr && *known != '\0') {
				result += MEANT[known - LETTERS];
			} else {
				throw TextProblem(place_, std::string("Invalid escape sequence: '\\") + (at < raw.size() ? raw.substr(at, 1) : "") + "'");
			}
		}
		return result;
	}

	const std::string& text_;
	size_t at_ = 0;
	unsigned line_ = 1;
	size_t lineBegin_ = 0;
	std::string token_;
	TextPlace place_;
	TextPlace previous_;
};

class Parser {
public:
	Parser(const std::string& text, std::vector<std::string>& unknown) : tokens_(text), unknown_(unknown) {}

	TextGroup all(const MessageType& type) {
		TextGroup group;
		while (!tokens_.atEnd()) {
			field(type, group, 0);
		}
		return group;
	}

private:
	void field(const MessageType& type, TextGroup& into, int depth) {
		TextPlace place = tokens_.place();
		std::string name = tokens_.word();
		const FieldRule* rule = type.find(name);
		if (rule == nullptr) {
			if (&type != opaque()) {
				unknown_.push_back(std::to_string(place.line) + ":" + std::to_string(place.column) + ": " + name + " is no key of " +
				                   lower(type.name) + " that is documented; it is ignored");
			}
			into.fields.push_back({nullptr, name, place, "", {}});
			skipValue(into.fields.back(), depth);
		} else {
			known(*rule, place, into, depth);
		}
		if (!tokens_.tryConsume(";")) {
			tokens_.tryConsume(",");
		}
	}

	void known(const FieldRule& rule, TextPlace place, TextGroup& into, int depth) {
		bool group = rule.type == FieldType::Message || rule.type == FieldType::Opaque;
		if (group) {
			tokens_.tryConsume(":");
		} else {
			tokens_.consume(":");
		}
		if (!rule.repeated || !tokens_.tryConsume("[")) {
			value(rule, place, into, depth);
			return;
		}
		if (tokens_.tryConsume("]")) {
			return;
		}
		while (true) {
			value(rule, place, into, depth);
			if (tokens_.tryConsume("]")) {
				return;
			}
			tokens_.consume(",");
		}
	}

	void value(const FieldRule& rule, TextPlace place, TextGroup& into, int depth) {
		if (!rule.repeated && into.find(rule.name) != nullptr) {
			throw TextProblem(tokens_.previousPlace(),
			                  std::string("Non-repeated field \"") + owner_ + "." + rule.name + "\" cannot be overwritten.");
		}
		TextGroup::Field field{&rule, rule.name, place, "", {}};
		switch (rule.type) {
		case FieldType::Message:
		case FieldType::Opaque:
			field.groups.push_back(group(rule.type == FieldType::Opaque ? *opaque() : *rule.message, place, depth + 1));
			break;
		case FieldType::String:
			field.value = tokens_.string();
			break;
		case FieldType::Uint32:
		case FieldType::Int32:
			field.value = number(rule.type == FieldType::Uint32);
			break;
		case FieldType::Bool:
			field.value = flag();
			break;
		case FieldType::Side:
			field.value = side();
			break;
		}
		into.fields.push_back(std::move(field));
	}

	TextGroup group(const MessageType& type, TextPlace place, int depth) {
		if (depth > DEEPEST) {
			throw TextProblem(tokens_.place(), "Message recursion limit is reached.");
		}
		std::string before = owner_;
		const char* end = tokens_.tryConsume("<") ? ">" : "}";
		if (*end == '}') {
			tokens_.consume("{");
		}
		TextGroup result;
		result.place = place;
		while (!tokens_.tryConsume(end)) {
			if (tokens_.atEnd()) {
				throw TextProblem(tokens_.place(), std::string("Expected \"") + end + "\".");
			}
			owner_ = type.name;
			field(type, result, depth);
		}
		owner_ = before;
		return result;
	}

	/** What has no type is kept as it stands. */
	void skipValue(TextGroup::Field& field, int depth) {
		bool colon = tokens_.tryConsume(":");
		if (tokens_.current() == "{" || tokens_.current() == "<" || !colon) {
			field.groups.push_back(group(*opaque(), field.place, depth + 1));
		} else if (tokens_.tryConsume("[")) {
			while (!tokens_.tryConsume("]")) {
				if (tokens_.current() == "{" || tokens_.current() == "<") {
					field.groups.push_back(group(*opaque(), field.place, depth + 1));
				} else {
					skipScalar(field);
				}
				if (tokens_.current() != "]") {
					tokens_.consume(",");
				}
			}
		} else {
			skipScalar(field);
		}
	}

	void skipScalar(TextGroup::Field& field) {
		const std::string& token = tokens_.current();
		if (token.empty() || (!isWord(token[0]) && std::strchr("\"'-+.", token[0]) == nullptr)) {
			throw TextProblem(tokens_.place(), "Invalid field value: " + token);
		}
		if (token[0] == '"' || token[0] == '\'') {
			field.value = tokens_.string();
		} else {
			field.value = token;
			tokens_.next();
		}
	}

	std::string number(bool unsignedOnly) {
		const std::string token = tokens_.current();
		size_t at = !token.empty() && token[0] == '-' ? 1 : 0;
		bool negative = at == 1;
		auto wrong = [&](const std::string& what) { return TextProblem(tokens_.place(), "Couldn't parse integer: " + what); };
		if (negative && unsignedOnly) {
			throw wrong("Number must be positive: " + token);
		}
		int radix = token.compare(at, 2, "0x") == 0 ? 16 : token.size() > at && token[at] == '0' && token.size() > at + 1 ? 8 : 10;
		std::string digits = token.substr(radix == 16 ? at + 2 : at);
		uint64_t result = 0;
		for (char digit : digits) {
			int value = std::isdigit(static_cast<unsigned char>(digit))  ? digit - '0'
			            : std::isxdigit(static_cast<unsigned char>(digit)) ? std::tolower(digit) - 'a' + 10
			                                                               : 99;
			if (value >= radix) {
				digits.clear();
				break;
			}
			result = std::min<uint64_t>(result * uint64_t(radix) + uint64_t(value), 1ULL << 40);
		}
		if (digits.empty()) {
			throw wrong("For input string: \"" + (radix == 16 ? token.substr(at + 2) : token.substr(at)) + "\"" +
			            (radix == 10 ? "" : " under radix " + std::to_string(radix)));
		}
		uint64_t most = unsignedOnly ? 0xFFFFFFFFULL : negative ? 0x80000000ULL : 0x7FFFFFFFULL;
		if (result > most) {
			throw wrong(std::string("Number out of range for 32-bit ") + (unsignedOnly ? "un" : "") + "signed integer: " + token);
		}
		tokens_.next();
		return (negative ? "-" : "") + std::to_string(result);
	}

	std::string flag() {
		const std::string token = tokens_.current();
		bool on = token == "true" || token == "True" || token == "t" || token == "1";
		bool off = token == "false" || token == "False" || token == "f" || token == "0";
		if (!on && !off) {
			throw TextProblem(tokens_.place(), "Expected \"true\" or \"false\". Found \"" + token + "\".");
		}
		tokens_.next();
		return on ? "true" : "false";
	}

	std::string side() {
		const std::string token = tokens_.current();
		if (!token.empty() && std::isalpha(static_cast<unsigned char>(token[0]))) {
			std::string name = tokens_.word();
			if (name != "HOST" && name != "DEVICE") {
				throw TextProblem(tokens_.previousPlace(), "Enum type \"Side\" has no value named \"" + name + "\".");
			}
			return name;
		}
		if (token.empty() || std::strchr("0123456789+-.", token[0]) == nullptr) {
			throw TextProblem(tokens_.place(), "Expected identifier. Found '" + token + "'");
		}
		std::string value = number(false);
		if (value != "0" && value != "1") {
			throw TextProblem(tokens_.previousPlace(), "Enum type \"Side\" has no value with number " + value + ".");
		}
		return value == "1" ? "HOST" : "DEVICE";
	}

	/** Of which we know only that it is there. */
	static const MessageType* opaque() {
		static const MessageType type{"Opaque", nullptr, 0};
		return &type;
	}

	Tokens tokens_;
	std::vector<std::string>& unknown_;
	std::string owner_ = "File";
};

} // namespace

const FieldRule* MessageType::find(const std::string& wanted) const {
	for (size_t index = 0; index < count; index++) {
		if (wanted == fields[index].name) {
			return &fields[index];
		}
	}
	return nullptr;
}

const TextGroup::Field* TextGroup::find(const std::string& wanted) const {
	for (const Field& field : fields) {
		if (field.name == wanted) {
			return &field;
		}
	}
	return nullptr;
}

TextGroup parseText(const std::string& text, const MessageType& type, std::vector<std::string>& unknown) {
	return Parser(text, unknown).all(type);
}

} // namespace heaplens
