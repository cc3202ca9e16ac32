using System.Text;
using Splade.AI.Policy;

namespace Splade.AI.Tests.Policy;

/// <summary>Each thing that can be wrong with a file, with its line and column.</summary>
public sealed class PolicyFileErrorTests
{
    public static TheoryData<string, int, int, string> Wrong => new()
    {
        { "", 1, 1, "This is no JSON" },
        { "{\n  \"ban\": [\n  }", 3, 3, "This is no JSON" },
        { "{} {}", 1, 4, "This is no JSON" },
        { "{\"ban\": [{\"terms\": [\"a\nb\"]}]}", 1, 23, "This is no JSON" },
        { "[]", 1, 1, "Found an array, expected an object with lists, ban, boost, synonyms, force" },
        { "null", 1, 1, "Found null, expected an object" },
        { "{\n  \"bans\": []\n}", 2, 3, "Found the member 'bans', expected one of lists, ban, boost, synonyms, force" },
        { "{\"ban\": [], // twice\n \"ban\": []}", 2, 2, "Found the member 'ban' a second time" },
        { "{\"ban\": {}}", 1, 9, "Found an object, expected an array of rules, each an object with terms, tokens, patterns, lists, in" },
        { "{\"ban\": [\n\"car\"]}", 2, 1, "Found a text, expected an object with terms, tokens, patterns, lists, in" },
        { "{\"boost\": [{\"terms\": [\"é\"], \"faktor\": 2}]}", 1, 29, "Found the member 'faktor', expected one of terms, tokens, patterns, lists, factor" },
        { "{\"ban\": [{\"terms\": [\"a\"], \"factor\": 2}]}", 1, 27, "Found the member 'factor', expected one of terms, tokens, patterns, lists, in" },
        { "{\"ban\": [{\"terms\": [\"a\"], \"terms\": [\"b\"]}]}", 1, 27, "Found the member 'terms' a second time" },
        { "{\"ban\": [{\"terms\": \"a\"}]}", 1, 20, "Found a text, expected an array of texts, such as [\"car\", \"bus\"]" },
        { "{\"ban\": [{\"terms\": [\"a\", 1]}]}", 1, 26, "Found a number, expected an array of texts" },
        { "{\"ban\": [{\"terms\": [\"a\", true]}]}", 1, 26, "Found true or false, expected an array of texts" },
        { "{\"ban\": [{\"terms\": [\"a\", \" \"]}]}", 1, 26, "Found a blank text, expected a word" },
        { "{\"ban\": [{\"terms\": [\"\\ud800\"]}]}", 1, 21, "Found half a surrogate pair" },
        { "{\"ban\": [{\"terms\": []}]}", 1, 21, "Found an empty array, expected at least one text" },
        { "{\"ban\": [\n {}]}", 2, 2, "A ban rule names no term, expected one or more of terms, tokens, patterns, lists" },
        { "{\"synonyms\": [{\"to\": [\"a\"]}]}", 1, 15, "A synonyms rule names no term" },
        { "{\"synonyms\": [{\"terms\": [\"a\"]}]}", 1, 15, "A synonyms rule has no 'to', expected the synonyms" },
        { "{\"boost\": [{\"terms\": [\"a\"]}]}", 1, 12, "A boost rule has no 'factor', expected a number" },
        { "{\"force\": [{\"terms\": [\"a\"]}]}", 1, 12, "A force rule has no 'weight', expected a number" },
        { "{\"boost\": [{\"terms\": [\"a\"], \"factor\": \"2\"}]}", 1, 39, "Found a text, expected a number" },
        { "{\"boost\": [{\"terms\": [\"a\"], \"factor\": 0}]}", 1, 39, "Found 0, expected a number from 0.001 to 1000. To take a term out, ban it" },
        { "{\"boost\": [{\"terms\": [\"a\"], \"factor\": -1.5}]}", 1, 39, "Found -1.5, expected a number from 0.001 to 1000" },
        { "{\"boost\": [{\"terms\": [\"a\"], \"factor\": 1e999}]}", 1, 39, "expected a number from 0.001 to 1000" },
        { "{\"force\": [{\"terms\": [\"a\"], \"weight\": 1000.1}]}", 1, 39, "Found 1000.1, expected a number from 0.001 to 1000" },
        { "{\"ban\": [{\"terms\": [\"a\"], \"in\": \"texts\"}]}", 1, 33, "Found \"texts\", expected one of \"both\", \"documents\", \"queries\"" },
        { "{\"ban\": [{\"patterns\": [\"a*\",\n \"ing\"]}]}", 2, 2, "Found the pattern 'ing' without a *" },
        { "{\"ban\": [{\"patterns\": [\"**\"]}]}", 1, 24, "Found the pattern '**', which is every token" },
        { "{\"lists\": {\"mine\": [\"a\"]}, \"ban\": [{\"lists\": [\"yours\"]}]}", 1, 47, "Found the list 'yours', expected one of mine, english-stop-words" },
        { "{\"lists\": []}", 1, 11, "Found an array, expected an object with an array of words under the name of each list" },
        { "{\"lists\": {\"english-stop-words\": [\"a\"]}}", 1, 12, "The list 'english-stop-words' is built in. Give yours another name" },
        { "{\"lists\": {\"\": [\"a\"]}}", 1, 12, "Found a blank text, expected a word" },
        { "{\"lists\": {\"a\": [\"a\"], \"a\": [\"b\"]}}", 1, 24, "Found the member 'a' a second time" },
        { "{\"lists\": {\"a\": []}}", 1, 18, "Found an empty array, expected at least one text" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Parse_WrongFile_SaysWhatAndWhere(string json, int line, int column, string message)
    {
        var error = Assert.Throws<VocabularyPolicyException>(() => VocabularyPolicy.Parse(json));
        Assert.StartsWith($"policy({line},{column}): ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
        Assert.Equal(("policy", line, column), (error.FileName, error.Line, error.Column));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Parse_AnyLineEnds_CountTheSameLines(string lineEnd)
    {
        string json = string.Join(lineEnd, "{", "  // \u00E9\U0001F600", "  \"ban\": [", "    {\"terms\": [\"\U0001F600\", \"\"]}]}");
        var error = Assert.Throws<VocabularyPolicyException>(() => VocabularyPolicy.Parse(json));
        Assert.StartsWith("policy(4,22): ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_DamagedFiles_AreReadOrRefusedWithAPlaceInThem()
    {
        const string Whole = """
            { // a comment
              "lists": { "mine": ["é", "a"] }, /* and
              another */ "ban": [{ "patterns": ["##*"], "in": "documents" }, { "lists": ["mine"] },],
              "boost": [{ "terms": ["w"], "factor": 2e0 }], "synonyms": [{ "terms": ["c"], "to": ["d"] }], "force": [{ "tokens": ["x"], "weight": 1 }]
            }
            """;
        var random = new Random(1);
        int refused = 0;
        for (int round = 0; round < 3000; round++)
        {
            string damaged = random.Next(3) switch
            {
                0 => Whole.Remove(random.Next(Whole.Length), 1),
                1 => Whole.Insert(random.Next(Whole.Length), new string(random.GetItems("\"{}[],:/*\n 1é\\".AsSpan(), random.Next(1, 3)))),
                _ => Whole[..random.Next(Whole.Length)],
            };
            if (Record.Exception(() => VocabularyPolicy.Parse(damaged)) is Exception problem)
            {
                var error = Assert.IsType<VocabularyPolicyException>(problem);
                string[] lines = damaged.Split('\n');
                Assert.True(error.Line <= lines.Length && error.Column <= lines[error.Line!.Value - 1].Length + 1, $"{error.Message}\nin\n{damaged}");
                refused++;
            }
        }

        Assert.InRange(refused, 1500, 2950);
    }

    [Fact]
    public void Load_WrongFile_NamesIt()
    {
        using var file = new TemporaryFile();
        File.WriteAllBytes(file.Path, [.. Encoding.UTF8.Preamble, .. "{\n \"bans\": []}"u8]);
        var error = Assert.Throws<VocabularyPolicyException>(() => VocabularyPolicy.Load(file.Path));
        Assert.StartsWith($"{file.Path}(2,2): Found the member 'bans'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_BytesThatAreNotUtf8_NamesTheLine()
    {
        using var file = new TemporaryFile();
        File.WriteAllBytes(file.Path, [.. "{\"ban\":\n[{\"terms\": [\""u8, 0xE9, .. "\"]}]}\n"u8]);
        var error = Assert.Throws<VocabularyPolicyException>(() => VocabularyPolicy.Load(file.Path));
        Assert.StartsWith($"{file.Path}(2,1): Found bytes that are not UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoFile_Throws()
    {
        Assert.Throws<FileNotFoundException>(() => VocabularyPolicy.Load(Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json")));
        Assert.Throws<ArgumentNullException>("path", () => VocabularyPolicy.Load(null!));
        Assert.Throws<ArgumentNullException>("json", () => VocabularyPolicy.Parse(null!));
    }
}
