using Splade.AI.Tokenization;
using Splade.Testing.Tokenization;

namespace Splade.AI.Tests.Tokenization;

/// <summary>Windows are what they say on generated texts, whichever tokenizer cuts them.</summary>
public sealed class TextWindowsTests
{
    private readonly TokenBuffer _tokens = new();

    [Theory]
    [InlineData("published")]
    [InlineData("cased")]
    [InlineData("added-tokens")]
    [InlineData("bpe-published")]
    [InlineData("bpe-prefix-space-untrimmed")]
    [InlineData("bpe-modernbert")]
    [InlineData("bpe-nfd")]
    [InlineData("bpe-byte-fallback")]
    [InlineData("unigram-published")]
    [InlineData("unigram-albert")]
    [InlineData("unigram-byte-fallback")]
    [InlineData("unigram-nfd-precompiled")]
    [InlineData("wordpiece-nfkc-lower")]
    public void Cut_GeneratedTexts_HoldsEveryTokenInItsPlace(string variant)
    {
        Tokenizer tokenizer = TokenizerVariant.Load(variant);
        var generator = new TextGenerator(seed: 20260702);
        var random = new Random(20260703);
        for (int i = 0; i < Trials.Of(100, slow: 400); i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => generator.Next()));
            string prompt = i % 3 == 0 ? "" : i % 3 == 1 ? "query: " : "Find";
            AssertHolds(tokenizer, prompt, text, maxTokens: random.Next(20, 60), overlap: i % 2 == 0 ? null : random.Next(8), addSpecialTokens: i % 5 != 0);
        }
    }

    [Fact]
    public void Cut_TextThatFits_IsOneWindowWithTheIdsOfTheText()
    {
        Tokenizer tokenizer = Tokenizer.Load(TokenizerVariant.SpladeTinyPath);
        int[] expected = tokenizer.Encode("find: the red planet").Ids.ToArray();
        var windows = TextWindows.Cut(tokenizer, _tokens, "find: ", "the red planet", new TokenizationOptions { MaxTokens = expected.Length });
        Assert.Equal((1, expected.Length), (windows.Count, windows.TokenCount));
        Assert.Equal(expected, windows.Ids(0));
        Assert.Equal(new TokenOffset(0, 14), windows.Span(0));
        Assert.Equal([default, default, default, new(0, 3), new(4, 7), new(8, 14), default], windows.Offsets(0));
    }

    [Fact]
    public void Positions_OfWindows_PointAtTheirIdsInTheWholeText()
    {
        Tokenizer tokenizer = Tokenizer.Load(TokenizerVariant.SpladeTinyPath);
        string text = string.Join(' ', Enumerable.Range(0, 90).Select(i => $"word{i}"));
        var windows = TextWindows.Cut(tokenizer, _tokens, "find: ", text, new TokenizationOptions { MaxTokens = 32 });
        Assert.True(windows.Count > 3);
        int[] whole = tokenizer.Encode("find: " + text).Ids.ToArray();
        int[][] positions = [.. Enumerable.Range(0, windows.Count).Select(windows.Positions)];
        Assert.All(positions, (p, i) => Assert.Equal(windows.Ids(i), p.Select(at => whole[at])));
        Assert.All(positions, p => Assert.Equal(p.Order().Distinct(), p));
        Assert.All(positions, p => Assert.Equal((0, 1, 2, whole.Length - 1), (p[0], p[1], p[2], p[^1])));
        Assert.Equal(Enumerable.Range(0, whole.Length), positions.SelectMany(p => p).Distinct().Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    public void Cut_BlankText_IsOneWindowWithoutASpan(string text)
    {
        Tokenizer tokenizer = Tokenizer.Load(TokenizerVariant.SpladeTinyPath);
        var windows = TextWindows.Cut(tokenizer, _tokens, "", text, new TokenizationOptions { MaxTokens = 8 });
        Assert.Equal((1, 2), (windows.Count, windows.TokenCount));
        Assert.Equal([101, 102], windows.Ids(0));
        Assert.Equal(default, windows.Span(0));
    }

    // Long words are cut into pieces; windows are not cut there.
    [Theory]
    [InlineData("random-distilbert-cased")]
    [InlineData("random-roberta-bpe")]
    [InlineData("random-modernbert-bpe")]
    [InlineData("random-xlmr-unigram")]
    public void Span_OfWords_EndsWithWords(string model)
    {
        Tokenizer tokenizer = Tokenizer.Load(TokenizerVariant.PathOf(model));
        string text = string.Join(' ', Enumerable.Range(0, 200).Select(i => i % 3 == 0 ? "tokenization" : "unbelievably"));
        var windows = TextWindows.Cut(tokenizer, _tokens, "", text, new TokenizationOptions { MaxTokens = 128 });
        Assert.True(windows.Count > 2);
        Assert.All(Enumerable.Range(0, windows.Count), i =>
        {
            TokenOffset span = windows.Span(i);
            string[] words = text[span.Start..span.End].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.All(words, word => Assert.True(word is "tokenization" or "unbelievably", word));
        });
    }

    [Fact]
    public void Cut_ScriptWithoutSpaces_StillCuts()
    {
        Tokenizer tokenizer = Tokenizer.Load(TokenizerVariant.SpladeTinyPath);
        string text = string.Concat(Enumerable.Repeat("日本語", 100));
        var windows = TextWindows.Cut(tokenizer, _tokens, "", text, new TokenizationOptions { MaxTokens = 102 }, overlap: 0);
        Assert.Equal([new(0, 100), new(100, 200), new(200, 300)], Enumerable.Range(0, windows.Count).Select(windows.Span));
    }

    [Fact]
    public void Cut_PromptThatFillsTheWindow_IsRefused()
    {
        Tokenizer tokenizer = Tokenizer.Load(TokenizerVariant.SpladeTinyPath);
        var options = new TokenizationOptions { MaxTokens = 8 };
        var error = Assert.Throws<ArgumentException>(() => TextWindows.Cut(tokenizer, _tokens, "one two three four five six ", "and a text", options));
        Assert.Contains("Of the 8 tokens of a window the prompt and the template take 8, which leaves 0", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => TextWindows.Cut(tokenizer, _tokens, "one two ", "and a text of more words", options, overlap: 4));
    }

    private void AssertHolds(Tokenizer tokenizer, string prompt, string text, int maxTokens, int? overlap, bool addSpecialTokens)
    {
        var options = new TokenizationOptions { AddSpecialTokens = addSpecialTokens };
        TokenizedText whole = tokenizer.Encode(prompt + text, options);
        int[] ids = whole.Ids.ToArray();
        int head = addSpecialTokens ? tokenizer.Template.BeforeCount : 0;
        int tail = addSpecialTokens ? tokenizer.Template.AfterCount : 0;
        head += whole.Offsets[head..^tail].ToArray().TakeWhile(o => prompt.Length > 0 && o.End <= prompt.Length).Count();
        var windows = TextWindows.Cut(tokenizer, _tokens, prompt, text, options with { MaxTokens = maxTokens }, overlap);

        Assert.Equal(ids.Length, windows.TokenCount);
        Assert.Equal(windows.Count == 1, ids.Length <= maxTokens);
        Assert.Equal((0, ids.Length - head - tail), (windows[0].Start, windows[windows.Count - 1].End));
        TokenOffset before = default;
        for (int i = 0; i < windows.Count; i++)
        {
            (int start, int end) = windows[i];
            Assert.InRange(start, 0, i == 0 ? 0 : windows[i - 1].End - (overlap ?? 0));
            int[] expected = [.. ids[..head], .. ids[(head + start)..(head + end)], .. ids[^tail..]];
            Assert.Equal(expected, windows.Ids(i));
            Assert.InRange(expected.Length, head + tail, maxTokens);
            before = AssertPlaces(windows, i, text, whole.Offsets[(head + start)..(head + end)], (head, prompt.Length, before));
        }
    }

    private static TokenOffset AssertPlaces(
        TextWindows windows, int window, string text, ReadOnlySpan<TokenOffset> sources, (int Head, int PromptLength, TokenOffset Before) context)
    {
        TokenOffset span = windows.Span(window);
        Assert.InRange(span.Start, context.Before.Start, span.End);
        Assert.InRange(span.End, context.Before.End, text.Length);
        TokenOffset[] offsets = windows.Offsets(window);
        Assert.All(offsets[..context.Head], o => Assert.Equal(default, o));
        for (int i = 0; i < sources.Length; i++)
        {
            TokenOffset offset = offsets[context.Head + i];
            Assert.Equal(new TokenOffset(Math.Max(0, sources[i].Start - context.PromptLength), Math.Max(0, sources[i].End - context.PromptLength)), offset);
            Assert.True(span.Start <= offset.Start && offset.End <= span.End, $"{offset} is not in {span}.");
        }

        return span;
    }
}
