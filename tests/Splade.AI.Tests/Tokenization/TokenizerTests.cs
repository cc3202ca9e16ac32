using Splade.AI.Tokenization;
using Splade.Testing.Tokenization;

namespace Splade.AI.Tests.Tokenization;

public sealed class TokenizerTests
{
    private static readonly Tokenizer Shared = Tokenizer.Load(TokenizerVariant.SpladeTinyPath);

    /// <summary>A model and the reference file with its tokens for all kinds of texts.</summary>
    public static TheoryData<string, string> Models => new()
    {
        { TokenizerVariant.SpladeTinyPath, "tokens-stress.jsonl" },
        { TokenizerVariant.PathOf("random-roberta-bpe"), "random-roberta-bpe.jsonl" },
        { TokenizerVariant.PathOf("random-modernbert-bpe"), "random-modernbert-bpe.jsonl" },
        { TokenizerVariant.PathOf("random-xlmr-unigram"), "random-xlmr-unigram.jsonl" },
    };

    [Fact]
    public void Encode_NullArguments_ThrowsWithParameterName()
    {
        Assert.Throws<ArgumentNullException>("text", () => Shared.Encode(null!));
        Assert.Throws<ArgumentNullException>("destination", () => Shared.Encode("x", null!, default));
    }

    [Fact]
    public void Encode_NoRoomForSpecialTokens_Throws()
    {
        var options = new TokenizationOptions { MaxTokens = 1 };

        Assert.Throws<ArgumentOutOfRangeException>("options", () => Shared.Encode("x", options));
        Assert.Throws<ArgumentOutOfRangeException>("options", () => Shared.CountTokens("x", options));
        Assert.Single(Shared.Encode("hello", options with { AddSpecialTokens = false }).Ids.ToArray());
    }

    [Theory]
    [InlineData(0, new int[0], true)]
    [InlineData(1, new[] { 7592 }, true)]
    [InlineData(2, new[] { 7592, 2088 }, false)]
    public void Encode_MaxTokensWithoutSpecialTokens_CutsFromTheRight(int maxTokens, int[] ids, bool truncated)
    {
        TokenizedText tokens = Shared.Encode("hello world", new TokenizationOptions { MaxTokens = maxTokens, AddSpecialTokens = false });

        Assert.Equal(ids, tokens.Ids.ToArray());
        Assert.Equal(truncated, tokens.Truncated);
    }

    [Fact]
    public void Encode_SpecialTokenInText_IsThatTokenUnlessRefused()
    {
        var refused = new TokenizationOptions { SpecialTokensInText = false };

        Assert.Equal([101, 102, 102], Shared.Encode("[SEP]").Ids.ToArray());
        Assert.Equal(Shared.Encode("[ sep ]").Ids.ToArray(), Shared.Encode("[SEP]", refused).Ids.ToArray());
    }

    [Fact]
    public void Encode_NormalizedSpecialTokenInText_IsThatTokenUnlessRefused()
    {
        Tokenizer tokenizer = TokenizerVariant.Load("added-tokens");
        var refused = new TokenizationOptions { SpecialTokensInText = false };
        Assert.True(tokenizer.Vocabulary.TryGetId("bar", out int bar));
        Assert.True(tokenizer.Vocabulary.TryGetId("foobar9", out int added));

        Assert.Equal([101, bar, 102], tokenizer.Encode(" BÁR").Ids.ToArray());
        Assert.Equal(new TokenOffset(0, 4), tokenizer.Encode(" BÁR").Offsets[1]);
        Assert.Equal(new TokenOffset(1, 4), tokenizer.Encode(" BÁR", refused).Offsets[1]);
        Assert.Contains(added, tokenizer.Encode("a foobar9", refused).Ids.ToArray());
    }

    [Fact]
    public void Encode_LoneSurrogate_CountsAsReplacementCharacter()
    {
        Assert.Equal(Shared.Encode("he\uFFFDllo").Ids.ToArray(), Shared.Encode("he\uD83Dllo").Ids.ToArray());
        Assert.Equal(new TokenOffset(0, 6), Shared.Encode("he\uDE00llo").Offsets[1]);
    }

    [Fact]
    public void Encode_CapitalIWithDotKeepingAccents_BecomesTwoScalarsOfOneSource()
    {
        Tokenizer tokenizer = TokenizerVariant.Load("lower-with-accents");

        TokenizedText tokens = tokenizer.Encode("İi");

        Assert.Equal(tokenizer.Encode("i\u0307i").Ids.ToArray(), tokens.Ids.ToArray());
        Assert.Equal(2, tokens.Offsets[^2].End);
    }

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, false)]
    [InlineData(101, true)]
    public void Encode_WordLength_CountsScalars(int scalars, bool unknown)
    {
        Tokenizer tokenizer = TokenizerVariant.Load(json => json["model"]!["vocab"]!.AsObject().Add("##𝒳", 30522));

        TokenizedText tokens = tokenizer.Encode("a" + string.Concat(Enumerable.Repeat("𝒳", scalars - 1)));

        Assert.Equal(unknown ? 3 : scalars + 2, tokens.Count);
        Assert.Equal((scalars * 2) - 1, tokens.Offsets[^2].End);
    }

    [Fact]
    public void Encode_ManyMarksOnOneCharacter_EndsSoon()
    {
        string text = "a" + string.Concat(Enumerable.Repeat("\u0301\u302E\u0323", 200_000));

        TokenizedText tokens = Shared.Encode(text);

        Assert.Equal([101, 100, 102], tokens.Ids.ToArray());
    }

    [Fact]
    public void CountTokens_Text_EqualsEncode()
    {
        Assert.Equal(4, Shared.CountTokens("hello world"));
        Assert.Equal(2, Shared.CountTokens("hello world", new TokenizationOptions { AddSpecialTokens = false }));
        Assert.Equal(2, Shared.SpecialTokenCount);
    }

    [Theory]
    [InlineData("random-roberta-bpe")]
    [InlineData("random-modernbert-bpe")]
    [InlineData("random-xlmr-unigram")]
    public void Encode_LongWordsAndManyMarks_EndSoon(string model)
    {
        Tokenizer tokenizer = Tokenizer.Load(TokenizerVariant.PathOf(model));
        string[] texts =
        [
            new('a', 100_000),
            string.Concat(Enumerable.Repeat("the", 50_000)),
            new(' ', 100_000),
            string.Concat(Enumerable.Repeat("😀é", 50_000)),
            "a" + string.Concat(Enumerable.Repeat("\u0301\u302E\u0323", 50_000)),
        ];

        foreach (string text in texts)
        {
            TokenizedText tokens = tokenizer.Encode(text);
            Assert.All(tokens.Offsets.ToArray(), offset => Assert.InRange(offset.End, offset.Start, text.Length));
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Encode_BufferGrown_AllocatesNothing(string path, string referenceFile)
    {
        Tokenizer tokenizer = Tokenizer.Load(path);
        string[] texts = [.. ReadReferences(referenceFile).Select(line => line.Text)];
        var tokens = new TokenBuffer();
        EncodeAll(tokenizer, texts, tokens);

        // A collection at that moment may take from the pool what is lent next.
        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ => AllocatedBytes(() => EncodeAll(tokenizer, texts, tokens))));
    }

    private static long AllocatedBytes(Action work)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Encode_ManyCallersAtOnce_EachGetsItsOwnTokens(string path, string referenceFile)
    {
        Tokenizer tokenizer = Tokenizer.Load(path);
        IReadOnlyList<TokenReference> references = ReadReferences(referenceFile);
        using var start = new ManualResetEventSlim();

        Task[] callers = [.. Enumerable.Range(0, 64).Select(caller => Task.Factory.StartNew(
            () =>
            {
                var tokens = new TokenBuffer();
                start.Wait();
                for (int i = 0; i < references.Count; i++)
                {
                    TokenReference reference = references[(i + caller) % references.Count];
                    tokenizer.Encode(reference.Text, tokens);
                    Assert.Equal(reference.Ids, tokens.Ids.ToArray());
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];
        start.Set();

        await Task.WhenAll(callers);
    }

    private static IReadOnlyList<TokenReference> ReadReferences(string file) =>
        TokenReference.Read(Path.Combine(Repository.TestData, "reference", file));

    private static void EncodeAll(Tokenizer tokenizer, string[] texts, TokenBuffer tokens)
    {
        foreach (string text in texts)
        {
            tokenizer.Encode(text, tokens);
        }
    }
}
