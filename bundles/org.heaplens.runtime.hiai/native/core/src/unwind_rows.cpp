// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "unwind_rows.h"

#include <cstring>

#if defined(__x86_64__) || defined(__aarch64__)

/** Of libgcc: finds what stands in .eh_frame of the function that an address is in. */
struct dwarf_eh_bases {
	void* text;
	void* data;
	void* function;
};
extern "C" const void* _Unwind_Find_FDE(void* address, dwarf_eh_bases* bases);

namespace heaplens {
namespace {

#if defined(__x86_64__)
constexpr uint64_t FRAME_POINTER_REGISTER = 6;
constexpr uint64_t STACK_POINTER_REGISTER = 7;
constexpr uint64_t RETURN_REGISTER = 16;
#else
constexpr uint64_t FRAME_POINTER_REGISTER = 29;
constexpr uint64_t RETURN_REGISTER = 30;
constexpr uint64_t STACK_POINTER_REGISTER = 31;
#endif
constexpr int64_t WORD = 8;
constexpr size_t MOST_REMEMBERED = 8;

/** Bytes of the DWARF format, one after the other. */
class Bytes {
public:
	Bytes(const uint8_t* at, const uint8_t* end) : at_(at), end_(end) {}

	bool more() const { return at_ < end_; }
	const uint8_t* at() const { return at_; }
	void skip(uint64_t count) { at_ = count > uint64_t(end_ - at_) ? end_ : at_ + count; }

	template <typename T> T fixed() {
		T value{};
		if (size_t(end_ - at_) >= sizeof value) {
			std::memcpy(&value, at_, sizeof value);
		}
		skip(sizeof value);
		return value;
	}
	uint64_t number() {
		uint64_t value = 0;
		for (unsigned shift = 0; more(); shift += 7) {
			uint8_t byte = *at_++;
			value |= shift < 64 ? uint64_t(byte & 0x7F) << shift : 0;
			if (byte < 0x80) {
				break;
			}
		}
		return value;
	}
	int64_t signedNumber() {
		uint64_t value = 0;
		unsigned shift = 0;
		while (more()) {
			uint8_t byte = *at_++;
			value |= shift < 64 ? uint64_t(byte & 0x7F) << shift : 0;
			shift += 7;
			if (byte < 0x80) {
				value |= (byte & 0x40) != 0 && shift < 64 ? ~0ULL << shift : 0;
				break;
			}
		}
		return int64_t(value);
	}

private:
	const uint8_t* at_;
	const uint8_t* end_;
};

/** Where the caller's registers are. Offsets are bytes from its stack pointer. */
struct Rules {
	uint64_t base = 0;
	int64_t offset = 0;
	/** 0: the frame pointer is still the caller's. */
	int64_t framePointer = 0;
	int64_t returnAddress = 0;
	bool hasNoCaller = false;
	bool simple = true;
};

/** Runs the instructions of one function up to one place. */
class Program {
public:
	Program(uint64_t codeUnit, int64_t dataUnit, uintptr_t begin, uintptr_t place)
		: codeUnit_(codeUnit), dataUnit_(dataUnit), location_(begin), place_(place) {}

	Rules& rules() { return now_; }
	/** What the common part says is what a function may come back to. */
	void endCommonPart() { initial_ = now_; }

	void run(Bytes bytes) {
		while (bytes.more() && now_.simple && location_ <= place_) {
			auto code = bytes.fixed<uint8_t>();
			switch (code >> 6) {
			case 0:
				extended(code, bytes);
				break;
			case 1:
				advance(code & 0x3F);
				break;
			case 2:
				saved(code & 0x3F, int64_t(bytes.number()) * dataUnit_);
				break;
			default:
				restore(code & 0x3F);
				break;
			}
		}
	}

private:
	/** What comes behind the place does not count: the loop above ends. */
	void advance(uint64_t units) { location_ += units * codeUnit_; }

	void saved(uint64_t number, int64_t offset) {
		if (number == FRAME_POINTER_REGISTER) {
			now_.framePointer = offset;
		} else if (number == RETURN_REGISTER) {
			now_.returnAddress = offset;
		}
	}

	void restore(uint64_t number) {
		if (number == FRAME_POINTER_REGISTER) {
			now_.framePointer = initial_.framePointer;
		} else if (number == RETURN_REGISTER) {
			now_.returnAddress = initial_.returnAddress;
		}
	}

	void notSimple(uint64_t number) {
		if (number == FRAME_POINTER_REGISTER || number == RETURN_REGISTER) {
			now_.simple = false;
		}
	}

	void extended(uint8_t code, Bytes& bytes) {
		switch (code) {
		case 0x00: // nop
			break;
		case 0x02: // advance_loc1
			advance(bytes.fixed<uint8_t>());
			break;
		case 0x03:
			advance(bytes.fixed<uint16_t>());
			break;
		case 0x04:
			advance(bytes.fixed<uint32_t>());
			break;
		case 0x05: { // offset_extended
			uint64_t number = bytes.number();
			saved(number, int64_t(bytes.number()) * dataUnit_);
			break;
		}
		case 0x06: // restore_extended
			restore(bytes.number());
			break;
		case 0x07: { // undefined
			uint64_t number = bytes.number();
			now_.hasNoCaller |= number == RETURN_REGISTER;
			break;
		}
		case 0x08: // same_value
			if (bytes.number() == FRAME_POINTER_REGISTER) {
				now_.framePointer = 0;
			}
			break;
		case 0x09: // register
			notSimple(bytes.number());
			bytes.number();
			break;
		case 0x0A: // remember_state
			if (remembered_ == MOST_REMEMBERED) {
				now_.simple = false;
			} else {
				states_[remembered_++] = now_;
			}
			break;
		case 0x0B: // restore_state
			if (remembered_ == 0) {
				now_.simple = false;
			} else {
				now_ = states_[--remembered_];
			}
			break;
		case 0x0C: // def_cfa
			now_.base = bytes.number();
			now_.offset = int64_t(bytes.number());
			break;
		case 0x0D: // def_cfa_register
			now_.base = bytes.number();
			break;
		case 0x0E: // def_cfa_offset
			now_.offset = int64_t(bytes.number());
			break;
		case 0x10: // expression
		case 0x16: // val_expression
			notSimple(bytes.number());
			bytes.skip(bytes.number());
			break;
		case 0x11: { // offset_extended_sf
			uint64_t number = bytes.number();
			saved(number, bytes.signedNumber() * dataUnit_);
			break;
		}
#if defined(__aarch64__)
		case 0x2D: // negate_ra_state: from here on the return address is signed, which walks take off any
			break;
#endif
		case 0x2E: // GNU_args_size
			bytes.number();
			break;
		default:
			// Among them the caller's stack pointer as an expression, which the linker's stubs and realigned stacks have.
			now_.simple = false;
			break;
		}
	}

	uint64_t codeUnit_;
	int64_t dataUnit_;
	uintptr_t location_;
	uintptr_t place_;
	Rules now_;
	Rules initial_;
	Rules states_[MOST_REMEMBERED];
	size_t remembered_ = 0;
};

uint64_t rowOf(const Rules& rules) {
	if (!rules.simple) {
		return UnwindRow::COMPLEX;
	}
	if (rules.hasNoCaller) {
		return UnwindRow::END;
	}
	bool known = rules.base == FRAME_POINTER_REGISTER || rules.base == STACK_POINTER_REGISTER;
	// A function that called another one has saved where it returns to itself. What is saved has to lie between the base and the caller's
	// stack pointer: elsewhere the walk does not look.
	auto lies = [&rules](int64_t offset) { return offset < 0 && offset % WORD == 0 && -offset <= rules.offset; };
	if (!known || rules.offset % WORD != 0 || rules.offset / WORD > int64_t(UnwindRow::WORDS) || !lies(rules.returnAddress) ||
	    (rules.framePointer != 0 && !lies(rules.framePointer))) {
		return UnwindRow::COMPLEX;
	}
	return (rules.base == FRAME_POINTER_REGISTER ? UnwindRow::BY_FRAME_POINTER : UnwindRow::BY_STACK_POINTER) << UnwindRow::KIND_SHIFT |
	       uint64_t(-rules.framePointer / WORD) << UnwindRow::SAVED_SHIFT |
	       uint64_t(-rules.returnAddress / WORD) << UnwindRow::RETURN_SHIFT | uint64_t(rules.offset / WORD);
}

#if defined(__aarch64__)
/** The kernel's return from a handler is in no table; unwinders know it by its two instructions. */
bool isReturnFromHandler(uintptr_t place) {
	static const uint32_t INSTRUCTIONS[] = {0xD2801168, 0xD4000001};
	return place % sizeof *INSTRUCTIONS == 0 && std::memcmp(reinterpret_cast<const void*>(place), INSTRUCTIONS, sizeof INSTRUCTIONS) == 0;
}
#else
bool isReturnFromHandler(uintptr_t) {
	return false;
}
#endif

/** Bytes of an address as the tables hold it; 0 if that is not known beforehand. */
unsigned sizeOfAddress(uint8_t encoding) {
	switch (encoding & 0x07) {
	case 0x00:
	case 0x04:
		return 8;
	case 0x02:
		return 2;
	case 0x03:
		return 4;
	default:
		return 0;
	}
}

} // namespace

uint64_t UnwindRow::of(uintptr_t place) {
	dwarf_eh_bases bases{};
	// The call itself stands before the address that it returns to.
	const auto* function = static_cast<const uint8_t*>(_Unwind_Find_FDE(reinterpret_cast<void*>(place - 1), &bases));
	if (function == nullptr) {
		// The system's unwinder ends here too, if no signal came in.
		return isReturnFromHandler(place) ? SIGNAL : END;
	}
	uint32_t length;
	int32_t back;
	std::memcpy(&length, function, sizeof length);
	std::memcpy(&back, function + 4, sizeof back);
	const uint8_t* common = function + 4 - back;
	uint32_t commonLength;
	std::memcpy(&commonLength, common, sizeof commonLength);
	if (length == ~0U || commonLength == ~0U) {
		return COMPLEX;
	}
	Bytes head(common + 8, common + 4 + commonLength);
	head.fixed<uint8_t>();
	const char* augmentation = reinterpret_cast<const char*>(head.at());
	head.skip(std::strlen(augmentation) + 1);
	uint64_t codeUnit = head.number();
	int64_t dataUnit = head.signedNumber();
	if (head.number() != RETURN_REGISTER) {
		return COMPLEX;
	}
	uint8_t encoding = 0;
	if (*augmentation == 'z') {
		uint64_t size = head.number();
		Bytes data(head.at(), head.at() + size);
		head.skip(size);
		for (const char* letter = augmentation + 1; *letter != 0; letter++) {
			if (*letter == 'R') {
				encoding = data.fixed<uint8_t>();
			} else if (*letter == 'L') {
				data.fixed<uint8_t>();
			} else if (*letter == 'P') {
				data.skip(sizeOfAddress(data.fixed<uint8_t>()));
			} else if (*letter != 'B') { // the key that return addresses are signed with
				return *letter == 'S' ? SIGNAL : COMPLEX;
			}
		}
	} else if (*augmentation != 0) {
		return COMPLEX;
	}
	unsigned addressSize = sizeOfAddress(encoding);
	if (addressSize == 0) {
		return COMPLEX;
	}
	Bytes body(function + 8 + 2 * addressSize, function + 4 + length);
	if (*augmentation == 'z') {
		body.skip(body.number());
	}
	Program program(codeUnit, dataUnit, uintptr_t(bases.function), place - 1);
	program.run(head);
	program.endCommonPart();
	program.run(body);
	return rowOf(program.rules());
}

} // namespace heaplens

#else

namespace heaplens {

/** Where nobody reads the tables, the system's unwinder is asked each time. */
uint64_t UnwindRow::of(uintptr_t) {
	return COMPLEX;
}

} // namespace heaplens

#endif
