using Splade.AI.Explanation;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Explanation;

/// <summary>Tokens with their parts of the text, and the words that they make up, for each kind of tokenizer.</summary>
public sealed class TextTokensTests
{
    private static readonly Dictionary<string, Tokenizer> Tokenizers =
        FixtureModels.Names.Where(name => name != "inference-free-idf")
            .ToDictionary(name => name, name => Tokenizer.Load(Path.Combine(FixtureModels.Folder(name), "tokenizer.json")))
            .Append(KeyValuePair.Create("splade-tiny", Tokenizer.Load(Path.Combine(EngineFixture.ModelFolder, "tokenizer.json"))))
            .ToDictionary();

    public static TheoryData<string> Models => new(Tokenizers.Keys);

    [Theory]
    [MemberData(nameof(Models))]
    public void Read_ReferenceTexts_SpansAreTheOffsetsWithoutWhiteSpace(string model)
    {
        Tokenizer tokenizer = Tokenizers[model];
        foreach (string text in Texts(model))
        {
            TokenizedText plain = tokenizer.Encode(text);
            TextTokens tokens = TextTokens.Read(tokenizer, "", text, new TokenizationOptions());
            Assert.Equal(plain.Ids.ToArray(), tokens.Ids);
            for (int i = 0; i < tokens.Count; i++)
            {
                AssertPlaced(tokens.Tokens[i], plain.Offsets[i], text, isOfTemplate: i == 0 || i == tokens.Count - 1, tokenizer);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Read_Prompt_MovesNoSpan(string model)
    {
        Tokenizer tokenizer = Tokenizers[model];
        const string Prompt = "query: ";
        foreach (string text in Texts(model))
        {
            TextTokens tokens = TextTokens.Read(tokenizer, Prompt, text, new TokenizationOptions());
            TokenizedText whole = tokenizer.Encode(Prompt + text);
            for (int i = 0; i < tokens.Count; i++)
            {
                Assert.Equal(whole.Offsets[i].End > Prompt.Length, tokens.Tokens[i].IsOfText);
                if (tokens.Tokens[i].Span is TokenOffset span)
                {
                    string source = (Prompt + text)[whole.Offsets[i].Start..whole.Offsets[i].End];
                    Assert.EndsWith(text[span.Start..span.End], source.TrimEnd() is { Length: > 0 } trimmed ? trimmed : source, StringComparison.Ordinal);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ReadInWindows_ReferenceTexts_AreTheTokensOfTheWholeText(string model)
    {
        Tokenizer tokenizer = Tokenizers[model];
        var options = new TokenizationOptions { MaxTokens = 16 };
        foreach (string prompt in new[] { "", "query: " })
        {
            foreach (string text in Texts(model))
            {
                var whole = TextTokens.Read(tokenizer, prompt, text, new TokenizationOptions());
                var tokens = TextTokens.ReadInWindows(tokenizer, prompt, text, options, overlap: null);
                Assert.Equal(whole.Tokens.ToArray(), tokens.Tokens.ToArray());
                Assert.Equal((whole.Count > 16, false), (tokens.WindowCount > 1, tokens.Truncated));
                Assert.Equal(
                    Enumerable.Range(0, whole.Count), Enumerable.Range(0, tokens.WindowCount).SelectMany(tokens.PositionsOf).Distinct().Order());
                Assert.All(Enumerable.Range(0, tokens.WindowCount), w => Assert.InRange(tokens.PositionsOf(w).Length, 1, 16));
            }
        }
    }

    [Fact]
    public void Read_TokenAcrossThePromptsEnd_IsOfTheTextAsFarAsItReaches()
    {
        TextTokens tokens = TextTokens.Read(Tokenizers["splade-tiny"], "water", "fall is loud", new TokenizationOptions());
        Assert.Equal([false, true, true, true, false], tokens.Tokens.ToArray().Select(t => t.IsOfText));
        Assert.Equal(new TokenOffset(0, 4), tokens.Tokens[1].Span);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Words_ReferenceTexts_HoldEveryTokenOnceInOrder(string model)
    {
        Tokenizer tokenizer = Tokenizers[model];
        foreach (string text in Texts(model))
        {
            TextExplanation explanation = Explain(tokenizer, text);
            TextToken[] tokens = TextTokens.Read(tokenizer, "", text, new TokenizationOptions()).Tokens.ToArray();
            int[] placed =
            [
                .. Enumerable.Range(0, tokens.Length)
                    .Where(i => tokens[i].Span is TokenOffset span && !string.IsNullOrWhiteSpace(text[span.Start..span.End])),
            ];
            Assert.Equal(placed, explanation.Words.SelectMany(w => w.Parts).Select(p => p.Position));
            Assert.All(explanation.Words, word =>
            {
                Assert.Equal(text[word.Span.Start..word.Span.End], word.Text);
                Assert.Equal((word.Parts.Min(p => p.Span.Start), word.Parts.Max(p => p.Span.End)), (word.Span.Start, word.Span.End));
            });
            Assert.All(explanation.Words.Zip(explanation.Words.Skip(1)), pair => Assert.True(pair.First.Span.End <= pair.Second.Span.Start));
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Words_EnglishText_AreWhatSpacesAndPunctuationLeave(string model)
    {
        TextExplanation explanation = Explain(Tokenizers[model], "Chandrayaan-3 lands, softly (and alone)  near\nthe pole: 2023!");
        Assert.Equal(
            ["Chandrayaan", "-", "3", "lands", ",", "softly", "(", "and", "alone", ")", "near", "the", "pole", ":", "2023", "!"],
            explanation.Words.Select(w => w.Text));
    }

    [Fact]
    public void Words_ScriptsWithoutSpaces_AreNotOneWord()
    {
        foreach (string model in (string[])["random-roberta-bpe", "random-modernbert-bpe", "splade-tiny"])
        {
            Assert.Equal(["月", "が", "海", "moon"], Explain(Tokenizers[model], "月が海 moon").Words.Select(w => w.Text));
        }
    }

    [Fact]
    public void Words_PiecesOfOneCharacter_AreOneWord()
    {
        ExplainedWord word = Assert.Single(Explain(Tokenizers["random-roberta-bpe"], "안").Words);
        Assert.Equal(3, word.Parts.Count);
        Assert.All(word.Parts, p => Assert.Equal(new TokenOffset(0, 1), p.Span));
    }

    private static TextExplanation Explain(Tokenizer tokenizer, string text)
    {
        TextTokens tokens = TextTokens.Read(tokenizer, "", text, new TokenizationOptions());
        return TextExplainer.Explain(new ExplainedSide(tokenizer, new SparseVector([], [], tokenizer.Vocabulary.Count), tokens, TermSources.None), top: null);
    }

    private static IEnumerable<string> Texts(string model) => model == "splade-tiny"
        ? ReferenceVectors.Read("encode-stress.jsonl").Select(line => line.Text)
        : FixtureModels.Texts(model, step: 1);

    private static void AssertPlaced(TextToken token, TokenOffset offset, string text, bool isOfTemplate, Tokenizer tokenizer)
    {
        Assert.Equal(!isOfTemplate, token.IsOfText);
        string source = text[offset.Start..offset.End];
        bool standsForNothing = isOfTemplate || source.Length == 0
            || (string.IsNullOrWhiteSpace(tokenizer.ReadableText(token.Id)) && !string.IsNullOrWhiteSpace(source));
        Assert.Equal(standsForNothing, token.Span is null);
        if (token.Span is TokenOffset span)
        {
            Assert.Equal(string.IsNullOrWhiteSpace(source) ? source : source.Trim(), text[span.Start..span.End]);
            Assert.InRange(span.Start, offset.Start, offset.End);
        }
    }
}
