using System.Buffers;
using Microsoft.ML.Tokenizers;
using Microsoft.SemanticKernel.Text;
using Splade.AI.Tokenization;
using SparseTokenizer = Splade.AI.Tokenization.Tokenizer;

namespace Splade.SemanticKernel.Tests;

public sealed class SpladeTokenizerTests
{
    private const string WordPiece = "models/splade-tiny";
    private const string ByteLevel = "tests/Splade.AI.Tests/TestData/models/random-roberta-bpe";
    private const string Unigram = "tests/Splade.AI.Tests/TestData/models/random-xlmr-unigram";

    private static readonly string[] Texts =
    [
        "", " ", "Mars", "  Mars is called the Red Planet.  ", "unbelievably tokenization-heavy\n\tC++ $100 snake_case",
        .. TokenReference.Read(Path.Combine(Repository.TestData, "reference", "tokens-stress.jsonl")).Select(r => r.Text).Where(t => t.Length < 400).Take(150),
    ];

    public static TheoryData<string> Models => [WordPiece, ByteLevel, Unigram];

    [Fact]
    public void EncodeToIds_StressTexts_AreHuggingFaces()
    {
        var sut = new SpladeTokenizer(Load(WordPiece), addSpecialTokens: true);
        Assert.All(
            TokenReference.Read(Path.Combine(Repository.TestData, "reference", "tokens-stress.jsonl")),
            expected => Assert.Equal(expected.Ids, sut.EncodeToIds(expected.Text)));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void EncodeToTokens_AnyText_AreTheTokensOfTheTokenizer(string model)
    {
        SparseTokenizer tokenizer = Load(model);
        var sut = new SpladeTokenizer(tokenizer);
        Assert.All(Texts, text =>
        {
            TokenizedText expected = tokenizer.Encode(text, new TokenizationOptions { AddSpecialTokens = false });
            IReadOnlyList<EncodedToken> tokens = sut.EncodeToTokens(text, out string? normalized);

            Assert.Null(normalized);
            Assert.Equal(expected.Ids.ToArray(), tokens.Select(t => t.Id));
            Assert.Equal(expected.Offsets.ToArray().Select(o => o.Start..o.End), tokens.Select(t => t.Offset));
            Assert.Equal(expected.Ids.ToArray().Select(id => tokenizer.Vocabulary[id]), tokens.Select(t => t.Value));
            Assert.Equal(expected.Ids.ToArray(), sut.EncodeToIds(text.AsSpan()));
            Assert.Equal(expected.Count, sut.CountTokens(text));
        });
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void EncodeToIds_WithALimit_AreTheFirstOnesAndSayHowFarTheyGo(string model)
    {
        var sut = new SpladeTokenizer(Load(model));
        Assert.All(Texts, text =>
        {
            IReadOnlyList<EncodedToken> all = sut.EncodeToTokens(text, out _);
            foreach (int limit in new[] { 1, 2, 5, all.Count + 1 })
            {
                IReadOnlyList<int> ids = sut.EncodeToIds(text, limit, out _, out int consumed);

                Assert.Equal(all.Take(limit).Select(t => t.Id), ids);
                Assert.Equal(all.Count <= limit ? text.Length : NaiveEnd(all, limit), consumed);
            }
        });
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void GetIndexByTokenCount_FromEitherEnd_CutsBetweenTokens(string model)
    {
        var sut = new SpladeTokenizer(Load(model));
        Assert.All(Texts, text =>
        {
            IReadOnlyList<EncodedToken> all = sut.EncodeToTokens(text, out _);
            foreach (int limit in new[] { 1, 3, 8, all.Count + 1 })
            {
                int end = sut.GetIndexByTokenCount(text, limit, out _, out int before);
                int start = sut.GetIndexByTokenCountFromEnd(text, limit, out _, out int after);

                Assert.InRange(before, 0, limit);
                Assert.InRange(after, 0, limit);
                Assert.All(all.Take(before), t => Assert.True(t.Offset.End.Value <= end));
                Assert.All(all.Skip(before), t => Assert.True(t.Offset.Start.Value >= end));
                Assert.All(all.TakeLast(after), t => Assert.True(t.Offset.Start.Value >= start));
                Assert.All(all.SkipLast(after), t => Assert.True(t.Offset.End.Value <= start));
                Assert.True(before == Math.Min(limit, all.Count) || all[before].Offset.Start.Value < all[limit - 1].Offset.End.Value);
                Assert.Equal(all.Count <= limit ? text.Length : NaiveEnd(all, limit), end);
            }
        });
    }

    [Fact]
    public void SpecialTokens_AskedFor_AreCountedAndKept()
    {
        SparseTokenizer tokenizer = Load(WordPiece);
        var sut = new SpladeTokenizer(tokenizer, addSpecialTokens: true);

        Assert.Equal([101, 7733, 102], sut.EncodeToIds("Mars"));
        Assert.Equal(3, sut.CountTokens("Mars"));
        Assert.Equal([101, 7733, 102], sut.EncodeToIds("Mars is red", 3, out _, out int consumed));
        Assert.Equal(4, consumed);
        Assert.Equal(4, sut.GetIndexByTokenCount("Mars is red", 3, out _, out int count));
        Assert.Equal(3, count);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void SpecialTokens_LimitThatHasThem_IsNotExceeded(int limit)
    {
        var sut = new SpladeTokenizer(Load(WordPiece), addSpecialTokens: true);
        const string Text = "Mars is called red";
        Assert.InRange(sut.EncodeToIds(Text, limit, out _, out _).Count, 2, limit);
        int end = sut.GetIndexByTokenCount(Text, limit, out _, out int before);
        _ = sut.GetIndexByTokenCountFromEnd(Text, limit, out _, out int after);
        Assert.Equal((limit, limit), (before, after));
        Assert.Equal(string.Join(' ', Text.Split(' ').Take(limit - 2)), Text[..end]);
    }

    [Fact]
    public void SpecialTokens_LimitWithoutRoomForThem_IsRefusedByItsName()
    {
        var sut = new SpladeTokenizer(Load(WordPiece), addSpecialTokens: true);
        string message = Assert.Throws<ArgumentOutOfRangeException>("maxTokenCount", () => sut.EncodeToIds("Mars", 1, out _, out _)).Message;
        Assert.Contains("at least 2", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("maxTokenCount", () => sut.GetIndexByTokenCount("Mars", 1, out _, out _));
        Assert.Throws<ArgumentOutOfRangeException>("maxTokenCount", () => sut.GetIndexByTokenCountFromEnd("Mars", 1, out _, out _));
        Assert.Single(new SpladeTokenizer(Load(WordPiece)).EncodeToIds("Mars", 1, out _, out _));
    }

    [Fact]
    public void SpecialTokensInText_NotWanted_AreOrdinaryText()
    {
        Assert.Equal([102], new SpladeTokenizer(Load(WordPiece)).EncodeToIds("[SEP]"));
        Assert.DoesNotContain(102, new SpladeTokenizer(Load(WordPiece), specialTokensInText: false).EncodeToIds("[SEP]"));
    }

    [Theory]
    [InlineData(WordPiece, "Mars is called the Red Planet", "mars is called the red planet")]
    [InlineData(WordPiece, "unbelievably [SEP]", "unbelievably")]
    [InlineData(ByteLevel, "Mars is called the Red Planet: 火星 ½ 🪐!", "Mars is called the Red Planet: 火星 ½ 🪐!")]
    [InlineData(Unigram, "Mars is called the Red Planet", "Mars is called the Red Planet")]
    public void Decode_IdsOfAText_GiveItBackAsFarAsTheyTell(string model, string text, string expected)
    {
        var sut = new SpladeTokenizer(Load(model));
        Assert.Equal(expected, sut.Decode(sut.EncodeToIds(text)));
    }

    [Fact]
    public void Decode_IntoMemory_WritesWhatFits()
    {
        var sut = new SpladeTokenizer(Load(WordPiece));
        IReadOnlyList<int> ids = sut.EncodeToIds("Mars is called the Red Planet");
        string whole = sut.Decode(ids);
        for (int length = 0; length <= whole.Length + 1; length++)
        {
            char[] destination = new char[length];
            OperationStatus status = sut.Decode(ids, destination, out int consumed, out int written);

            Assert.Equal(length >= whole.Length ? OperationStatus.Done : OperationStatus.DestinationTooSmall, status);
            Assert.Equal(sut.Decode(ids.Take(consumed)), new string(destination, 0, written));
            Assert.True(consumed == ids.Count || sut.Decode(ids.Take(consumed + 1)).Length > length);
        }
    }

    [Fact]
    public void CountTokens_AsACounterOfAChunker_KeepsChunksWithinTheModel()
    {
        var sut = new SpladeTokenizer(Load(WordPiece));
        string text = File.ReadAllText(Path.Combine(Repository.Root, "samples", "RagChat", "Corpus", "error-codes.md"));

        List<string> lines = TextChunker.SplitPlainTextLines(text, maxTokensPerLine: 40, line => sut.CountTokens(line));
        List<string> chunks = TextChunker.SplitPlainTextParagraphs(lines, maxTokensPerParagraph: 120, tokenCounter: chunk => sut.CountTokens(chunk));

        Assert.True(chunks.Count > 3);
        Assert.All(chunks, chunk => Assert.InRange(sut.CountTokens(chunk), 1, 120));
    }

    [Fact]
    public void Constructor_WithoutATokenizer_Throws() => Assert.Throws<ArgumentNullException>("tokenizer", () => new SpladeTokenizer(null!));

    [Fact]
    public async Task EncodeToIds_ManyCallersAtOnce_EachGetsItsOwnIds()
    {
        var sut = new SpladeTokenizer(Load(WordPiece));
        int[][] alone = [.. Texts.Select(t => sut.EncodeToIds(t).ToArray())];
        int[][] together = await Task.WhenAll(Texts.Select(t => Task.Run(() => sut.EncodeToIds(t).ToArray())));
        Assert.Equal(alone, together);
    }

    private static SparseTokenizer Load(string folder) => SparseTokenizer.Load(Path.Combine(Repository.Root, folder, "tokenizer.json"));

    /// <summary>The end of the last token before the limit that shares no character with one behind it.</summary>
    private static int NaiveEnd(IReadOnlyList<EncodedToken> all, int limit)
    {
        for (int count = limit; count > 0; count--)
        {
            int end = all[count - 1].Offset.End.Value;
            if (all.Skip(count).All(t => t.Offset.Start.Value >= end))
            {
                return end;
            }
        }

        return 0;
    }
}
