using Microsoft.Extensions.Logging;
using Splade.AI.Policy;
using Splade.AI.Tests.Policy;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Engine;

/// <summary>A policy in an engine: every way in gives the model's own vector under it.</summary>
public sealed class SpladeEnginePolicyTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    private const string Name = "XJ-900";
    private const float Tolerance = 1e-5f;

    private static readonly VocabularyPolicy Policy = new(
        new BanRule { Patterns = ["##*"], AppliesTo = EmbeddingInputType.Document },
        new BanRule { WordLists = [PolicyWordList.EnglishStopWords] },
        new BoostRule(2) { Terms = ["mars", "chandrayaan"] },
        new SynonymRule(["spacecraft"], .5) { Terms = ["moon", "chandrayaan"], AppliesTo = EmbeddingInputType.Query },
        new ForceRule(3) { Terms = [Name] });

    private static readonly string[] Texts =
    [
        "Mars is called the Red Planet.", "The XJ-900 has landed on the Moon.", "Chandrayaan-3 is India's third lunar mission", "", "   ",
        .. ReferenceVectors.Read("encode-passages.jsonl").Take(20).Select(e => e.Text),
    ];

    /// <summary>The model under the policy, loaded once.</summary>
    private static readonly Lazy<Task<SpladeEngine>> Shared = new(() => CreateAsync(_ => { }));

    private readonly SpladeEngine _plain = fixture.Engine;

    [Theory]
    [InlineData(EmbeddingInputType.Document)]
    [InlineData(EmbeddingInputType.Query)]
    public async Task EncodeAsync_UnderAPolicy_GivesTheModelsVectorsUnderIt(EmbeddingInputType inputType)
    {
        SpladeEngine sut = await Shared.Value;
        IReadOnlyList<SpladeEncoding> actual = await sut.EncodeAsync(Texts, new SpladeEncodingOptions { InputType = inputType });
        IReadOnlyList<ReferenceVector> expected = await ExpectAsync(inputType);
        Assert.All(expected.Zip(actual), pair => ReferenceVectors.AssertSame(pair.First, pair.Second.Vector, Tolerance));
        Assert.Equal(inputType == EmbeddingInputType.Query, actual[1].Vector[Words.Id("spacecraft")] > 0);
        Assert.All(Words.Ids(Name), id => Assert.True(actual[1].Vector[id] >= 3));
        Assert.Same(Policy, sut.Policy);
    }

    [Fact]
    public async Task EncodeAsync_UnderAPolicy_SameVectorAloneTogetherAndInAStream()
    {
        SpladeEngine sut = await Shared.Value;
        IReadOnlyList<SpladeEncoding> together = await sut.EncodeAsync(Texts);
        IReadOnlyList<SpladeEncoding> streamed = await sut.EncodeStreamAsync(Texts.Reverse()).ToListAsync();
        for (int i = 0; i < Texts.Length; i++)
        {
            var alone = ReferenceVector.Of($"text {i}", (await sut.EncodeAsync([Texts[i]]))[0].Vector);
            ReferenceVectors.AssertSame(alone, together[i].Vector, Tolerance);
            ReferenceVectors.AssertSame(alone, streamed[^(i + 1)].Vector, Tolerance);
        }
    }

    [Fact]
    public async Task EncodeAsync_ManyConcurrentCallers_EachGetsItsOwn()
    {
        SpladeEngine sut = await Shared.Value;
        IReadOnlyList<ReferenceVector> documents = await ExpectAsync(EmbeddingInputType.Document);
        IReadOnlyList<ReferenceVector> queries = await ExpectAsync(EmbeddingInputType.Query);
        await Task.WhenAll(Enumerable.Range(0, Trials.Of(24, slow: 64)).Select(async caller =>
        {
            int[] mine = [.. Enumerable.Range(0, 5).Select(i => (caller + (i * 7)) % Texts.Length)];
            EmbeddingInputType inputType = caller % 2 == 0 ? EmbeddingInputType.Document : EmbeddingInputType.Query;
            IReadOnlyList<SpladeEncoding> actual = await sut.EncodeAsync(mine.Select(i => Texts[i]), new SpladeEncodingOptions { InputType = inputType });
            Assert.All(mine.Zip(actual), pair =>
                ReferenceVectors.AssertSame((inputType == EmbeddingInputType.Document ? documents : queries)[pair.First], pair.Second.Vector, Tolerance));
        }));
    }

    [Fact]
    public async Task EncodeAsync_MaxActiveDimensions_KeepsTheHeaviestUnderThePolicy()
    {
        await using SpladeEngine sut = await CreateAsync(options => options.Encoding.MaxActiveDimensions = 5);
        SparseVector all = (await ExpectVectorsAsync(EmbeddingInputType.Document))[1];
        SparseVector actual = (await sut.EncodeAsync([Texts[1]]))[0].Vector;
        Assert.Equal(all.TopK(5).Indices.ToArray(), actual.Indices.ToArray());
        Assert.All(Words.Ids(Name), id => Assert.True(actual[id] >= 3));
    }

    [Fact]
    public async Task EncodeAsync_DropSpecialTokens_GoesBeforeWhatAPolicyForces()
    {
        var policy = new VocabularyPolicy(new SynonymRule(["planet"]) { Terms = ["mars"] }, new ForceRule(2) { Tokens = ["[SEP]", "mars"] });
        await using SpladeEngine keeps = await CreateAsync(options => options.Policy = policy);
        await using SpladeEngine drops = await CreateAsync(options => (options.Policy, options.DropSpecialTokens) = (policy, true));
        SparseVector kept = (await keeps.EncodeAsync(["mars [SEP] moon"]))[0].Vector;
        SparseVector dropped = (await drops.EncodeAsync(["mars [SEP] moon"]))[0].Vector;
        Assert.Equal(2, kept[Words.Id("[SEP]")]);
        Assert.Equal(kept.Indices.ToArray().Except([Words.Id("[SEP]")]), dropped.Indices.ToArray());
    }

    [Fact]
    public async Task EncodeAsync_TemplateAndPrompt_AreNotInTheText()
    {
        var policy = new VocabularyPolicy(new ForceRule(9) { Tokens = ["[CLS]", "[SEP]"], Terms = ["find", "text"] });
        await using SpladeEngine sut = await SpladeEngine.CreateAsync(new SpladeEngineOptions(EngineFixture.ModelFolder) { Policy = policy });
        SparseVector prompted = (await sut.EncodeAsync(["text of mars"], new SpladeEncodingOptions { Prompt = "find text: " }))[0].Vector;
        SparseVector onlyPrompted = (await sut.EncodeAsync(["mars"], new SpladeEncodingOptions { Prompt = "find text: " }))[0].Vector;
        Assert.Equal(9, prompted[Words.Id("text")]);
        Assert.All(new[] { "[CLS]", "[SEP]", "find" }, token => Assert.True(prompted[Words.Id(token)] < 9));
        Assert.All(new[] { "find", "text" }, token => Assert.True(onlyPrompted[Words.Id(token)] < 9));
    }

    [Fact]
    public async Task EncodeAsync_CutText_IsForcedInThePartThatIsRead()
    {
        SpladeEngine sut = await Shared.Value;
        string text = $"{Name} and then {Name} and {string.Join(' ', Enumerable.Repeat("moon", 20))}";
        Assert.Equal(3, (await sut.EncodeAsync([text], new SpladeEncodingOptions { MaxTokens = 8 }))[0].Vector[Words.Id("900")], Tolerance);
        SparseVector cut = (await sut.EncodeAsync([$"moon and {Name}"], new SpladeEncodingOptions { MaxTokens = 6 }))[0].Vector;
        Assert.True(cut[Words.Id("900")] < 3);
    }

    [Fact]
    public async Task EncodeAsync_InferenceFreeModel_QueriesAndDocumentsAreUnderThePolicy()
    {
        var policy = new VocabularyPolicy(
            new BanRule { Terms = ["the"] },
            new BoostRule(2) { Terms = ["theory", "Chandrayaan"] },
            new SynonymRule("theory", "thermal", .5),
            new ForceRule(4) { Terms = [Name, "other"] });
        string folder = Path.Combine(Repository.TestData, "models", "inference-free-idf");
        string[] texts = ["the theory of Chandrayaan", "the other XJ-900", "", .. Enumerable.Range(0, 30).Select(i => $"theory {i}")];
        await using SpladeEngine plain = await SpladeEngine.CreateAsync(folder);
        await using SpladeEngine sut = await SpladeEngine.CreateAsync(new SpladeEngineOptions(folder) { Policy = policy });
        foreach (EmbeddingInputType inputType in Enum.GetValues<EmbeddingInputType>())
        {
            var options = new SpladeEncodingOptions { InputType = inputType, Prompt = "other: " };
            IReadOnlyList<SpladeEncoding> before = await plain.EncodeAsync(texts, options);
            IReadOnlyList<SpladeEncoding> actual = await sut.EncodeAsync(texts, options);
            Assert.All(Enumerable.Range(0, texts.Length), i => ReferenceVectors.AssertSame(
                Expect(policy, before[i].Vector, texts[i], inputType, plain.Tokenizer), actual[i].Vector, Tolerance));
            Assert.Equal(4, actual[1].Vector[Words.Id("other", plain.Tokenizer)]);
            Assert.Equal(before[0].Vector[Words.Id("other", plain.Tokenizer)], actual[0].Vector[Words.Id("other", plain.Tokenizer)]);
            Assert.Equal(before[0].Vector[Words.Id("theory", plain.Tokenizer)] * 2, actual[0].Vector[Words.Id("theory", plain.Tokenizer)], Tolerance);
        }
    }

    [Theory]
    [InlineData("random-bert-sum")]
    [InlineData("random-roberta-bpe")]
    [InlineData("random-xlmr-unigram")]
    public async Task EncodeAsync_OtherModels_AreUnderThePolicy(string model)
    {
        var policy = new VocabularyPolicy(
            new BanRule { Terms = ["the"] },
            new BoostRule(2) { Terms = ["theory", "Chandrayaan"] },
            new SynonymRule("theory", "thermal", .5),
            new ForceRule(4) { Terms = [Name] });
        string folder = Path.Combine(Repository.TestData, "models", model);
        string[] texts = ["the theory of Chandrayaan", "(XJ-900)", "the XJ-900", "", "theory"];
        await using SpladeEngine plain = await SpladeEngine.CreateAsync(folder);
        await using SpladeEngine sut = await SpladeEngine.CreateAsync(new SpladeEngineOptions(folder) { Policy = policy });
        IReadOnlyList<SpladeEncoding> before = await plain.EncodeAsync(texts);
        IReadOnlyList<SpladeEncoding> actual = await sut.EncodeAsync(texts);
        Assert.All(Enumerable.Range(0, texts.Length), i => ReferenceVectors.AssertSame(
            Expect(policy, before[i].Vector, texts[i], EmbeddingInputType.Document, plain.Tokenizer), actual[i].Vector, Tolerance));
        Assert.All(new[] { 1, 2 }, i => Assert.Contains(4f, actual[i].Vector.Values.ToArray()));
    }

    [Fact]
    public async Task CreateAsync_PolicyThatDoesNotFit_IsRefused()
    {
        var policy = VocabularyPolicy.Parse("""{"ban": [{"terms": ["XJ-900"]}]}""", "shop.json");
        var error = await Assert.ThrowsAsync<VocabularyPolicyException>(() => CreateAsync(options => options.Policy = policy));
        Assert.StartsWith("shop.json(1,21): ban: 'XJ-900' is 4 tokens", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateAsync_WordsPassedOver_AreLogged()
    {
        using var logs = new TestLoggerFactory();
        var policy = new VocabularyPolicy(new BanRule { WordLists = [new PolicyWordList("x", ["the", "chandrayaan"])] });
        await using SpladeEngine sut = await CreateAsync(options => (options.Policy, options.LoggerFactory) = (policy, logs));
        Assert.Contains(logs.Entries, e => e.Level == LogLevel.Information && e.Message.Contains(policy.Hash, StringComparison.Ordinal));
        Assert.Contains(logs.Entries, e => e.Level == LogLevel.Warning && e.Message.EndsWith("among them chandrayaan", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Policy_FileGoneAndOptionsChangedAfterwards_IsTheOneThatWasLoaded()
    {
        using var file = new TemporaryFile();
        Policy.Save(file.Path);
        var options = new SpladeEngineOptions(EngineFixture.ModelFolder) { Policy = VocabularyPolicy.Load(file.Path) };
        await using SpladeEngine sut = await SpladeEngine.CreateAsync(options);
        File.Delete(file.Path);
        options.Policy = null;
        SparseVector actual = (await sut.EncodeAsync([Texts[1]]))[0].Vector;
        Assert.All(Words.Ids(Name), id => Assert.True(actual[id] >= 3));
        Assert.Equal(Policy.Hash, sut.Policy?.Hash);
        Assert.Null(_plain.Policy);
    }

    private static async Task<SpladeEngine> CreateAsync(Action<SpladeEngineOptions> configure)
    {
        var options = new SpladeEngineOptions(EngineFixture.ModelFolder) { Policy = Policy };
        configure(options);
        return await SpladeEngine.CreateAsync(options);
    }

    private static ReferenceVector Expect(VocabularyPolicy policy, SparseVector before, string text, EmbeddingInputType inputType, Tokenizer tokenizer) =>
        ReferenceVector.Of(text, policy.Bind(tokenizer).Apply(before, Words.Ids(text, tokenizer), inputType));

    private async Task<IReadOnlyList<ReferenceVector>> ExpectAsync(EmbeddingInputType inputType) =>
        [.. (await ExpectVectorsAsync(inputType)).Select((vector, i) => ReferenceVector.Of($"text {i}", vector))];

    private async Task<SparseVector[]> ExpectVectorsAsync(EmbeddingInputType inputType)
    {
        BoundPolicy bound = Policy.Bind(_plain.Tokenizer);
        IReadOnlyList<SpladeEncoding> plain = await _plain.EncodeAsync(Texts, new SpladeEncodingOptions { InputType = inputType });
        return [.. plain.Select((encoding, i) => bound.Apply(encoding.Vector, Words.Ids(Texts[i]), inputType))];
    }
}
