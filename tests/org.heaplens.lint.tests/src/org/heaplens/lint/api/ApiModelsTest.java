// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.heaplens.lint.flow.Constant;
import org.heaplens.lint.flow.Family;
import org.heaplens.lint.flow.Flag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiModelsTest {
	private static final ApiModel BUILT_IN = ApiModels.builtIn();
	private static final Slot FIRST = new Slot.Argument(0);
	private static final Slot SECOND = new Slot.Argument(1);

	private static FunctionModel only(String keys) {
		try {
			List<FunctionModel> functions = ApiModels.read("[[function]]\n" + keys, "m.toml", ApiModel.NONE).functions();
			assertEquals(1, functions.size());
			return functions.get(0);
		} catch (ApiModelException e) {
			throw new AssertionError(e.line(), e);
		}
	}

	private static ApiEffect effect(String key) {
		List<ApiEffect> effects = only("class = 'x.Y'\nname = 'f'\n" + key).effects();
		assertEquals(1, effects.size());
		return effects.get(0);
	}

	private static String complaint(String text) {
		return assertThrows(ApiModelException.class, () -> ApiModels.read(text, "m.toml", BUILT_IN)).line();
	}

	private static String complaintOf(String key) {
		return complaint("[[function]]\nclass = 'x.Y'\nname = 'f'\narguments = 2\n" + key);
	}

	@Test
	void aFunctionOfWhichNothingIsSaidDoesNothing() {
		assertEquals(new FunctionModel(Set.of(Language.JAVA), "x.Y", "f", Arity.ANY, true, false, List.of(), true, false,
				FunctionModel.Nullness.UNKNOWN), only("class = 'x.Y'\nname = 'f'"));
	}

	@Test
	void whatIsSaidOfTheFunctionItselfIsRead() {
		assertEquals(
				new FunctionModel(Set.of(Language.C, Language.CPP), "", "f", new Arity(2, 4), false, true, List.of(), false, true,
						FunctionModel.Nullness.MAYBE),
				only("language = ['c', 'c++']\nname = 'f'\narguments = [2, 4]\ninherited = false\nstatic = true\nthrows = false\nexits = true\n"
						+ "result = 'maybe-null'"));
		assertEquals(FunctionModel.Nullness.NEVER, only("class = 'x.Y'\nname = 'f'\nresult = 'never-null'").result());
		assertEquals(new Arity(3, 3), only("class = 'x.Y'\nname = 'f'\narguments = 3").arity());
	}

	@Test
	void anAllocationIsReadWithAllItsKeys() {
		FunctionModel function = only("language = 'c++'\nclass = 'a::B'\nname = 'f'\narguments = [2, 4]\n"
				+ "allocates = { family = 's', block = 1, flag-from = 3, size = 0, status = 'result', nullable = true }\n"
				+ "[[function]]\nlanguage = 'c++'\nclass = 'a::B'\nname = 'f'\narguments = [2, 4]\n"
				+ "closes = 'receiver'\n"
				+ "allocates = { family = 's', block = 1, flag-from = 3, size = 0, status = 'result', nullable = true }\n");
		assertEquals(Optional.of(new ApiEffect.Allocates(new Family("s"), SECOND, Flag.UNKNOWN, Optional.of(new Slot.Argument(3)),
				Optional.of(FIRST), Optional.of(Slot.RESULT), true)), function.allocation());
	}

	@Test
	void anAllocationOfWhichLittleIsSaidIsTheResultAndManual() {
		FunctionModel function = only("class = 'x.Y'\nname = 'new'\nallocates = { family = 'D' }\nfrees = { family = 'D', block = 0 }");
		assertEquals(Optional.of(new ApiEffect.Allocates(Family.D, Slot.RESULT, Flag.MANUAL, Optional.empty(), Optional.empty(),
				Optional.empty(), false)), function.allocation());
	}

	@Test
	void everyOtherEffectIsRead() {
		assertEquals(new ApiEffect.Frees(new Family("s"), FIRST), effect("frees = { family = 's', block = 0 }"));
		assertEquals(new ApiEffect.Closes(Slot.RECEIVER), effect("closes = 'receiver'"));
		assertEquals(new ApiEffect.Sends(FIRST, Optional.of(Slot.RESULT)), effect("sends = { message = 0, status = 'result' }"));
		assertEquals(new ApiEffect.Sends(FIRST, Optional.empty()), effect("sends = { message = 0 }"));
		assertEquals(new ApiEffect.Keeps(FIRST), effect("keeps = 0"));
		assertEquals(new ApiEffect.Borrows(SECOND), effect("borrows = [1]"));
		assertEquals(new ApiEffect.Uses(FIRST, false, "read"), effect("reads = 0"));
		assertEquals(new ApiEffect.Uses(FIRST, true, "written"), effect("writes = 0"));
		assertEquals(new ApiEffect.Returns(Slot.RECEIVER), effect("returns = 'receiver'"));
		assertEquals(new ApiEffect.Wraps(Slot.RESULT, FIRST, Optional.empty()), effect("wraps = { block = 0 }"));
		assertEquals(new ApiEffect.Wraps(Slot.RECEIVER, FIRST, Optional.of(SECOND)),
				effect("wraps = { owner = 'receiver', block = 0, deleter = 1 }"));
		assertEquals(new ApiEffect.Puts(Slot.RECEIVER, FIRST), effect("puts = { container = 'receiver', value = 0 }"));
		assertEquals(new ApiEffect.Takes(Slot.RECEIVER, false), effect("takes = 'receiver'"));
		assertEquals(new ApiEffect.Takes(Slot.RECEIVER, true), effect("removes = 'receiver'"));
		assertEquals(new ApiEffect.Iterates(Slot.RECEIVER), effect("iterates = 'receiver'"));
		assertEquals(new ApiEffect.TellsEmpty(Slot.RECEIVER, true), effect("tells-empty = { container = 'receiver' }"));
		assertEquals(new ApiEffect.TellsNull(FIRST, false), effect("tells-null = { value = 0, when = false }"));
		assertEquals(new ApiEffect.Requires(FIRST), effect("requires = 0"));
	}

	@Test
	void listsOfClassesAndNamesMeanAFunctionForEach() throws ApiModelException {
		ApiModel model = ApiModels.read("[[function]]\nclass = ['x.A', 'x.B']\nname = ['f', 'g']\nkeeps = [0, 1]", "m.toml", ApiModel.NONE);
		assertEquals(List.of("x.A.f/*", "x.A.g/*", "x.B.f/*", "x.B.g/*"), model.functions().stream().map(FunctionModel::key).toList());
		assertEquals(List.of(new ApiEffect.Keeps(FIRST), new ApiEffect.Keeps(SECOND)), model.functions().get(0).effects());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			alocates = { family = 's' }                    | there is no key alocates in function; did you mean allocates?
			zzz = 1                                        | there is no key zzz in function; there are allocates, arguments, borrows, class, closes, exits, frees, inherited, iterates, keeps, language, name, puts, reads, removes, requires, result, returns, sends, static, takes, tells-empty, tells-null, throws, wraps, writes
			throws = 'no'                                  | throws is "no"; it has to be true or false, without quotes
			result = 'null'                                | result is "null"; it has to be one of never-null, maybe-null, in quotes
			keeps = 2                                      | keeps is argument 2, but calls have at most 2; arguments count from 0
			keeps = -1                                     | keeps is argument -1, but calls have at most 2; arguments count from 0
			keeps = 'this'                                 | keeps is "this"; it has to be the number of an argument, from 0, or "receiver", or "result"
			keeps = []                                     | keeps is an empty list; write what is meant, or leave keeps out
			keeps = true                                   | keeps is true; it has to be the number of an argument, from 0, or "receiver", or "result"
			frees = 'stream'                               | frees is "stream"; it has to be a table, such as frees = { family = "stream", block = 0 }
			frees = { block = 0 }                          | frees names no family; add family = "NAME", the same where such blocks are made and freed
			frees = { family = 's' }                       | frees does not say which block; add block = 0, or the number of the argument
			sends = { status = 'result' }                  | sends does not say which message; add message = 0, or the number of the argument
			language = 'rust'                              | language is "rust"; it has to be java, c or c++, in quotes, or a list of c and c++
			language = ['java', 'c']                       | a function in Java and in C or C++; write a function for each
			""")
	void aMistakeIsToldWithItsLineAndWhatToDo(String key, String message) {
		assertEquals("m.toml:5:1: " + message, complaintOf(key));
	}

	@Test
	void aMistakeInsideATableIsToldWithItsColumn() {
		assertEquals("m.toml:5:29: there is no key blok in allocates; did you mean block?",
				complaintOf("allocates = { family = 's', blok = 1 }"));
		assertEquals("m.toml:5:29: block is argument 7, but calls have at most 2; arguments count from 0",
				complaintOf("allocates = { family = 's', block = 7 }"));
		assertEquals("m.toml:5:15: family is 3; it has to be a text, in quotes", complaintOf("allocates = { family = 3 }"));
		assertEquals("m.toml:5:29: flag is \"both\"; it has to be one of auto, manual, unknown, in quotes",
				complaintOf("allocates = { family = 's', flag = 'both' }"));
	}

	@Test
	void aFamilyThatNobodyFreesIsAMistake() {
		assertEquals("m.toml:5:15: no function frees family \"stream\"; add a [[function]] with frees = "
				+ "{ family = \"stream\", block = 0 }, or with closes = \"receiver\"", complaintOf("allocates = { family = 'stream' }"));
	}

	@Test
	void aFunctionNeedsANameAndInJavaAClass() {
		assertEquals("m.toml:2:1: a function without a name; add name = \"NAME\"", complaint("[[function]]\nclass = 'x.Y'"));
		assertEquals("m.toml:2:1: a function in Java without a class; add class = \"its.qualified.Name\"",
				complaint("[[function]]\nname = 'f'"));
	}

	@Test
	void argumentsAreANumberOrTwo() {
		for (String wrong : List.of("-1", "'two'", "[3, 2]", "[1, 2, 3]", "256", "1.5")) {
			String line = complaint("[[function]]\nclass = 'x.Y'\nname = 'f'\narguments = " + wrong);
			assertTrue(line.startsWith("m.toml:4:1: arguments is "), line);
			assertTrue(
					line.endsWith("it has to be a number of arguments from 0 to 255, such as 2, or the least and the most, such as [2, 4]"),
					line);
		}
	}

	@Test
	void whereThereIsNoReceiverNoneCanBeMeant() {
		assertEquals("m.toml:4:1: closes is \"receiver\", but calls have none; what a constructor makes is its \"result\"",
				complaint("[[function]]\nclass = 'x.Y'\nname = 'new'\ncloses = 'receiver'"));
		assertEquals("m.toml:4:1: closes is \"receiver\", but calls have none; name the class of the function, or an argument",
				complaint("[[function]]\nlanguage = 'c'\nname = 'f'\ncloses = 'receiver'"));
		assertEquals("m.toml:5:1: keeps is argument 0, but calls have none; arguments count from 0",
				complaint("[[function]]\nclass = 'x.Y'\nname = 'f'\narguments = 0\nkeeps = 0"));
	}

	@Test
	void aFileHasFunctionsAndConstantsAndNothingElse() {
		assertEquals("m.toml:1:1: there is no key functions in a model file; did you mean function?", complaint("functions = 1"));
		assertEquals("m.toml:1:1: function is 1; write [[function]] and its keys below", complaint("function = 1"));
		assertEquals("m.toml:2:1: there is no key okay in api; did you mean ok?", complaint("[api]\nokay = 'OK'"));
		assertEquals("m.toml:2:1: A is \"both\"; it has to be one of auto, manual, in quotes", complaint("[api.flags]\nA = 'both'"));
	}

	@Test
	void whatIsNoTomlIsToldInOneLine() {
		String line = complaint("[[function]]\nname = f");
		assertTrue(line.startsWith("m.toml:2:8: "), line);
		assertFalse(line.contains("\n"), line);
	}

	@Test
	void whatIsSaidLaterOfTheSameReplacesWhatIsBuiltIn() throws ApiModelException {
		ApiModel model = ApiModels.read(
				"[[function]]\nclass = 'org.heaplens.runtime.HiaiMemory'\nname = 'isDMalloc'\narguments = [1, 2]\nkeeps = 0", "m.toml",
				BUILT_IN);
		assertEquals(BUILT_IN.functions().size(), model.functions().size());
		assertEquals(List.of(new ApiEffect.Keeps(FIRST)),
				model.find(Language.JAVA, List.of("org.heaplens.runtime.HiaiMemory"), "isDMalloc", 2).orElseThrow().effects());
	}

	@Test
	void theApiIsKnownInThreeLanguages() {
		FunctionModel java = BUILT_IN.find(Language.JAVA, List.of("org.heaplens.runtime.HiaiMemory"), "dMalloc", 3).orElseThrow();
		assertEquals(Optional.of(new Slot.Argument(2)), java.allocation().orElseThrow().flagFrom());
		FunctionModel c = BUILT_IN.find(Language.C, List.of(""), "HIAI_DMalloc", 3).orElseThrow();
		assertEquals(Slot.RESULT, c.allocation().orElseThrow().block());
		FunctionModel cpp = BUILT_IN.find(Language.CPP, List.of("hiai::HIAIMemory"), "HIAI_DMalloc", 2).orElseThrow();
		assertEquals(SECOND, cpp.allocation().orElseThrow().block());
		assertEquals(Flag.AUTO, cpp.allocation().orElseThrow().flag());
		assertEquals(List.of(new ApiEffect.Frees(Family.D, FIRST)),
				BUILT_IN.find(Language.CPP, List.of("hiai::Graph"), "ReleaseDataBuffer", 1).orElseThrow().effects());
		assertEquals(Family.DVPP, BUILT_IN.find(Language.C, List.of(""), "HIAI_DVPP_DMalloc", 1).orElseThrow().allocation()
				.orElseThrow().family());
		assertTrue(BUILT_IN.find(Language.C, List.of("hiai::HIAIMemory"), "HIAI_DMalloc", 2).isEmpty());
		assertEquals(Set.of(Family.D, Family.DVPP), BUILT_IN.families());
	}

	@Test
	void flagsAndStatusAreKnownByEverySpelling() {
		assertEquals(List.of(Flag.AUTO, Flag.MANUAL, Flag.AUTO, Flag.MANUAL, Flag.UNKNOWN),
				List.of("HIAI_MEMORY_ATTR_ATUO_FREE", "MEMORY_ATTR_MANUAL_FREE", "2", "4", "0").stream().map(BUILT_IN::flag).toList());
		assertEquals(Constant.STATUS_OK, BUILT_IN.constant("HIAI_OK"));
		assertEquals(new Constant.Symbol("ERROR"), BUILT_IN.constant("ERROR"));
	}

	@Test
	void theNearestClassWinsAndSomeFunctionsAreNotInherited() throws ApiModelException {
		ApiModel model = ApiModels
				.read("[[function]]\nclass = 'x.Base'\nname = 'f'\nkeeps = 0\n[[function]]\nclass = 'x.Base'\nname = 'g'\n"
						+ "inherited = false\n[[function]]\nclass = 'x.Sub'\nname = 'f'\nborrows = 0", "m.toml", ApiModel.NONE);
		assertEquals("x.Sub", model.find(Language.JAVA, List.of("x.Sub", "x.Base"), "f", 1).orElseThrow().owner());
		assertEquals("x.Base", model.find(Language.JAVA, List.of("x.Other", "x.Base"), "f", 1).orElseThrow().owner());
		assertTrue(model.find(Language.JAVA, List.of("x.Sub", "x.Base"), "g", 1).isEmpty());
		assertTrue(model.find(Language.JAVA, List.of("x.Base"), "g", 1).isPresent());
	}

	@Test
	void aSimpleNameIsEnoughWhereItIsClear() throws ApiModelException {
		ApiModel model = ApiModels.read("[[function]]\nclass = ['x.A', 'y.A', 'x.B']\nname = 'f'", "m.toml", ApiModel.NONE);
		assertTrue(model.find(Language.JAVA, List.of("A"), "f", 0).isEmpty());
		assertEquals("x.B", model.find(Language.JAVA, List.of("B"), "f", 0).orElseThrow().owner());
		assertTrue(model.find(Language.JAVA, List.of("z.B"), "f", 0).isEmpty());
		assertEquals(3, model.named(Language.JAVA, "f", 7).size());
	}

	@Test
	void aClassWithoutAPackageMeansAllOfThatNameButTheExactOneComesFirst() throws ApiModelException {
		ApiModel model = ApiModels.read("[[function]]\nclass = 'x.A'\nname = 'f'\nkeeps = 0\n[[function]]\nclass = 'A'\nname = 'f'\n"
				+ "borrows = 0", "m.toml", ApiModel.NONE);
		assertEquals("A", model.find(Language.JAVA, List.of("y.A"), "f", 1).orElseThrow().owner());
		assertEquals("x.A", model.find(Language.JAVA, List.of("x.A"), "f", 1).orElseThrow().owner());
		assertTrue(model.find(Language.JAVA, List.of("x.B"), "f", 1).isEmpty());
	}

	@Test
	void objectsAreBlocksWhereTheirConstructorMakesOneOrTheyHaveMemory() throws ApiModelException {
		ApiModel model = ApiModels.read("[[function]]\nclass = 'x.In'\nname = 'new'\nallocates = { family = 'in' }\n"
				+ "[[function]]\nclass = 'x.Pool'\nname = 'take'\nallocates = { family = 'D' }\n"
				+ "[[function]]\nclass = 'x.Door'\nname = 'shut'\nfrees = { family = 'D', block = 'receiver' }", "m.toml", BUILT_IN);
		assertEquals(Set.of("HiaiBuffer", "In", "Door"), model.blockTypes(Language.JAVA));
	}

	@Test
	void objectsOwnWhatTheirConstructorWraps() throws ApiModelException {
		ApiModel model = ApiModels
				.read("[[function]]\nclass = 'x.Box'\nname = 'new'\nwraps = { block = 0 }\n[[function]]\nclass = 'x.Tin'\n"
						+ "name = 'of'\nwraps = { block = 0 }", "m.toml", ApiModel.NONE);
		assertEquals(Set.of("Box"), model.ownerTypes(Language.JAVA));
	}

	@Test
	void wordsTellWhichFilesCannotMatter() throws ApiModelException {
		ApiModel model = ApiModels.read("[[function]]\nclass = 'x.Pool'\nname = 'new'\nallocates = { family = 'D' }\n"
				+ "[[function]]\nclass = 'x.Pool'\nname = 'look'\nborrows = 0", "m.toml", BUILT_IN);
		assertTrue(model.words(Language.JAVA).containsAll(Set.of("dMalloc", "dFree", "sendData", "Pool")));
		assertFalse(model.words(Language.JAVA).contains("look"));
		assertFalse(model.words(Language.JAVA).contains("HIAI_DMalloc"));
	}

	@Test
	void aProjectAddsItsTablesAndTheFilesItNames(@TempDir Path folder) throws IOException, ApiModelException {
		Files.writeString(folder.resolve("my.toml"), "[[function]]\nclass = 'x.Pool'\nname = 'give'\nfrees = { family = 'D', block = 0 }\n"
				+ "[[function]]\nclass = 'x.Pool'\nname = 'look'\nkeeps = 0");
		Path settings = Files.writeString(folder.resolve("heaplens.toml"), "[host]\ncapacity = '1M'\n[lint]\nmodels = ['my.toml']\n"
				+ "[[function]]\nclass = 'x.Pool'\nname = 'look'\nborrows = 0");
		ApiModel model = ApiModels.ofProject(settings, "heaplens.toml");
		assertTrue(model.find(Language.JAVA, List.of("x.Pool"), "give", 1).orElseThrow().obliges());
		assertEquals(List.of(new ApiEffect.Borrows(FIRST)),
				model.find(Language.JAVA, List.of("x.Pool"), "look", 1).orElseThrow().effects());
		assertEquals(BUILT_IN.functions().size() + 2, model.functions().size());
	}

	@Test
	void aModelFileThatIsMissingIsToldWhereItIsNamed(@TempDir Path folder) throws IOException {
		Path settings = Files.writeString(folder.resolve("heaplens.toml"), "[lint]\nmodels = ['none.toml']\n");
		assertEquals("heaplens.toml:2:1: lint.models names none.toml: there is no such file; make it, or leave out what names it",
				assertThrows(ApiModelException.class, () -> ApiModels.ofProject(settings, "heaplens.toml")).line());
	}

	@Test
	void aTableThatIsNearlyOneOfOursIsToldButNotThoseOfOthers(@TempDir Path folder) throws IOException, ApiModelException {
		Path settings = Files.writeString(folder.resolve("heaplens.toml"),
				"log.level = 'off'\n[host]\n[device]\n[simulator]\n[recording]\n[inference]\n[mine]\n");
		assertEquals(BUILT_IN.functions().size(), ApiModels.ofProject(settings, "heaplens.toml").functions().size());
		Files.writeString(settings, "driver = 'native'\n[[functions]]\nname = 'f'\n");
		assertEquals("heaplens.toml:2:1: there is no table functions; did you mean function?",
				assertThrows(ApiModelException.class, () -> ApiModels.ofProject(settings, "heaplens.toml")).line());
	}

	@Test
	void theFilesOfAProjectAreKnownEvenIfTheyAreWrong(@TempDir Path folder) throws IOException {
		Path settings = Files.writeString(folder.resolve("heaplens.toml"), "[lint]\nmodels = ['a.toml', 'sub/b.toml']\n");
		assertEquals(List.of(settings, folder.resolve("a.toml"), folder.resolve("sub/b.toml")), ApiModels.filesOfProject(settings));
		Files.writeString(settings, "[lint");
		assertEquals(List.of(settings), ApiModels.filesOfProject(settings));
		assertEquals(List.of(folder.resolve("none")), ApiModels.filesOfProject(folder.resolve("none")));
	}

	@Test
	void aMistakeInANamedFileIsToldWithItsPlaceThere(@TempDir Path folder) throws IOException {
		Path settings = Files.writeString(folder.resolve("heaplens.toml"), "[lint]\nmodels = 'sub/my.toml'\n");
		Files.createDirectory(folder.resolve("sub"));
		Path file = Files.writeString(folder.resolve("sub/my.toml"), "\n[[function]]\nclass = 'x.Y'\nnam = 'f'\n");
		assertEquals(file + ":4:1: there is no key nam in function; did you mean name?",
				assertThrows(ApiModelException.class, () -> ApiModels.ofProject(settings, "heaplens.toml")).line());
	}

	@Test
	void everyKeyIsOnThePage() throws IOException {
		List<String> rows = Files.readAllLines(Path.of("../../docs/api-models.md")).stream().filter(line -> line.startsWith("| `"))
				.map(line -> line.substring(3, line.indexOf('`', 3))).toList();
		var expected = new ArrayList<>(ApiReader.KEYS);
		expected.addAll(ApiReader.ALLOCATION_KEYS);
		assertEquals(expected.stream().sorted().toList(), rows.stream().sorted().toList());
	}
}
