using Splade.AI.Policy;

namespace Splade.AI.Tests.Engine;

/// <summary>What tells cached embeddings apart.</summary>
public sealed class CacheKeyTests
{
    // Small: it is loaded for each of many keys.
    private static readonly string Folder = Path.Combine(Repository.TestData, "models", "random-bert-sum");

    private static readonly Lazy<Task<string>> KeyOfTheFolder = new(() => KeyAsync(new SpladeEngineOptions(Folder)));

    private static readonly Lazy<Task<string>> KeyOfTheDense = new(() => DenseKeyAsync(DenseFixture.ModelFolder));

    /// <summary>What vectors do not depend on.</summary>
    private static readonly string[] OfNoAccount =
    [
        nameof(EncoderOptions.ModelFolder), nameof(EncoderOptions.Hub), nameof(EncoderOptions.LoggerFactory), nameof(EncoderOptions.ExecutionProvider),
        nameof(EncoderOptions.DeviceIds), nameof(EncoderOptions.Threads), nameof(EncoderOptions.ConcurrentRuns),
    ];

    /// <summary>What the hash of a model has in it.</summary>
    private static readonly string[] InTheHash = [nameof(SpladeEngineOptions.Activation), nameof(SpladeEngineOptions.ModelFile)];

    /// <summary>Another value than the default for each of the others.</summary>
    private static readonly Dictionary<string, object> Others = new()
    {
        [nameof(SpladeEngineOptions.SpecialTokensInText)] = false,
        [nameof(SpladeEngineOptions.Precision)] = Precision.Fast,
        [nameof(SpladeEngineOptions.DropSpecialTokens)] = true,
        [nameof(SpladeEngineOptions.Policy)] = new VocabularyPolicy(new BanRule { Terms = ["the"] }),
    };

    private static readonly Dictionary<string, SpladeEncodingOptions> Encodings = new()
    {
        [nameof(SpladeEncodingOptions.InputType)] = new() { InputType = EmbeddingInputType.Query },
        [nameof(SpladeEncodingOptions.Prompt)] = new() { Prompt = "a" },
        [nameof(SpladeEncodingOptions.PromptName)] = new() { PromptName = "document" },
        [nameof(SpladeEncodingOptions.MaxTokens)] = new() { MaxTokens = 64 },
        [nameof(SpladeEncodingOptions.LongTextHandling)] = new() { LongTextHandling = LongTextHandling.SlidingWindowMax },
        [nameof(SpladeEncodingOptions.WindowOverlap)] = new() { WindowOverlap = 12 },
        [nameof(SpladeEncodingOptions.MaxActiveDimensions)] = new() { MaxActiveDimensions = 16 },
    };

    [Fact]
    public async Task CacheKeyAdditionalValues_EachDefaultOfTheEncoding_ChangesThem()
    {
        Assert.Equal(typeof(SpladeEncodingOptions).GetProperties().Select(p => p.Name).Order(), Encodings.Keys.Order());
        using TemporaryModel model = TemporaryModel.CopyOf(Folder);
        model.Write("config_sentence_transformers.json", """{"prompts": {"document": "read ", "query": ""}}""");
        var seen = new List<string> { await KeyAsync(new SpladeEngineOptions(model.Folder)) };
        foreach (SpladeEncodingOptions encoding in Encodings.Values)
        {
            seen.Add(await KeyAsync(new SpladeEngineOptions(model.Folder) { Encoding = encoding }));
        }

        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Fact]
    public async Task CacheKeyAdditionalValues_EachSettingThatChangesVectors_ChangesThem()
    {
        using TemporaryModel model = TemporaryModel.CopyOf(Folder);
        string[] settings = [.. typeof(SpladeEngineOptions).GetProperties().Where(p => p.SetMethod is { IsPublic: true }).Select(p => p.Name)];
        Assert.Equal(settings.Order(), OfNoAccount.Concat(InTheHash).Concat(Others.Keys).Append(nameof(EncoderOptions.Encoding)).Order());
        var seen = new List<string> { await KeyAsync(new SpladeEngineOptions(model.Folder)) };
        foreach ((string name, object value) in Others)
        {
            var options = new SpladeEngineOptions(model.Folder);
            typeof(SpladeEngineOptions).GetProperty(name)!.SetValue(options, value);
            await using SpladeEngine engine = await SpladeEngine.CreateAsync(options);
            if (name != nameof(Precision) || engine.Precision == Precision.Fast)
            {
                seen.Add(Text(new SpladeEmbeddingGenerator(engine)));
            }
        }

        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Theory]
    [InlineData("config_sentence_transformers.json", """{"prompts": {"document": "read ", "query": ""}}""")]
    [InlineData("config_sentence_transformers.json", """{"prompts": {"document": "", "query": ""}, "default_prompt_name": "document"}""")]
    [InlineData("1_SpladePooling/config.json", """{"pooling_strategy": "max", "activation_function": "relu"}""")]
    [InlineData("1_SpladePooling/config.json", """{"pooling_strategy": "sum", "activation_function": "log1p_relu"}""")]
    [InlineData("tokenizer.json", null)]
    [InlineData("onnx/model.onnx", null)]
    public async Task CacheKeyAdditionalValues_AnotherModelUnderTheName_HasOthers(string file, string? content)
    {
        using TemporaryModel model = TemporaryModel.CopyOf(Folder);
        Change(model, file, content);
        Assert.NotEqual(await KeyOfTheFolder.Value, await KeyAsync(new SpladeEngineOptions(model.Folder)));
    }

    [Theory]
    [InlineData("1_Pooling/config.json", """{"word_embedding_dimension": 384, "pooling_mode_cls_token": true}""")]
    [InlineData("modules.json", """[{"path": "", "type": "models.Transformer"}, {"path": "1_Pooling", "type": "models.Pooling"}]""")]
    [InlineData("onnx/model.onnx", null)]
    public async Task CacheKeyAdditionalValues_AnotherDenseModelUnderTheName_HasOthers(string file, string? content)
    {
        using TemporaryModel model = TemporaryModel.CopyOfDense();
        Change(model, file, content);
        Assert.NotEqual(await KeyOfTheDense.Value, await DenseKeyAsync(model.Folder));
    }

    [Fact]
    public async Task CacheKeyAdditionalValues_FileReplacedSinceTheLoad_IsRefusedUnlessTheyAreKnown()
    {
        using TemporaryModel model = TemporaryModel.CopyOf(Folder);
        await using SpladeEngine asked = await SpladeEngine.CreateAsync(model.Folder), late = await SpladeEngine.CreateAsync(model.Folder);
        string before = Text(new SpladeEmbeddingGenerator(asked));
        model.Write("tokenizer.json", File.ReadAllText(model.PathOf("tokenizer.json")) + " ");
        Assert.Equal(before, Text(new SpladeEmbeddingGenerator(asked)));
        var error = Assert.Throws<SpladeModelException>(() => Text(new SpladeEmbeddingGenerator(late)));
        Assert.Equal(model.PathOf("tokenizer.json"), error.Path);
    }

    [Fact]
    public async Task CacheKeyAdditionalValues_SameModelAndSettings_AreTheSameWhereverTheyLie()
    {
        using TemporaryModel copy = TemporaryModel.CopyOf(Folder);
        Assert.Equal(
            await KeyOfTheFolder.Value,
            await KeyAsync(new SpladeEngineOptions(copy.Folder) { Threads = 1, ConcurrentRuns = 1, Encoding = { MaxTokens = 128 } }));
    }

    [Fact]
    public async Task CacheKeyAdditionalValues_OtherModelsAndViews_HaveOthers()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(Folder);
        await using SpladeEngine other = await SpladeEngine.CreateAsync(Path.Combine(Repository.TestData, "models", "random-distilbert-cased"));
        await using DenseEmbeddingGenerator dense = await DenseEmbeddingGenerator.CreateAsync(DenseFixture.ModelFolder);
        var documents = new SpladeEmbeddingGenerator(engine);
        string[] keys =
        [
            Text(documents), Text(documents.AsQueryGenerator()), Text(new SpladeEmbeddingGenerator(other)), string.Join('|', dense.CacheKeyAdditionalValues),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.All(documents.CacheKeyAdditionalValues.Concat(dense.CacheKeyAdditionalValues), value => Assert.IsType<string>(value));
    }

    private static async Task<string> KeyAsync(SpladeEngineOptions options)
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(options);
        return Text(new SpladeEmbeddingGenerator(engine));
    }

    private static async Task<string> DenseKeyAsync(string folder)
    {
        await using DenseEmbeddingGenerator generator = await DenseEmbeddingGenerator.CreateAsync(folder);
        return string.Join('|', generator.CacheKeyAdditionalValues);
    }

    /// <summary>Gives a file new contents; without any, changes as little as can be: white space at the end of JSON, or a bit of a weight.</summary>
    private static void Change(TemporaryModel model, string file, string? content)
    {
        if (file.EndsWith(".json", StringComparison.Ordinal))
        {
            model.Write(file, content ?? File.ReadAllText(model.PathOf(file)) + " ");
            return;
        }

        byte[] bytes = File.ReadAllBytes(model.PathOf(file));
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(model.PathOf(file), bytes);
    }

    private static string Text(SpladeEmbeddingGenerator generator) => string.Join('|', generator.CacheKeyAdditionalValues);
}
