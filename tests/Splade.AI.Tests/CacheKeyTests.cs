using Microsoft.Extensions.AI;
using Splade.AI.Policy;
using Splade.AI.Tests.TestData;

namespace Splade.AI.Tests;

/// <summary>What tells cached embeddings apart.</summary>
public sealed class CacheKeyTests
{
    /// <summary>What vectors do not depend on.</summary>
    private static readonly string[] OfNoAccount =
    [
        nameof(EncoderOptions.ModelFolder), nameof(EncoderOptions.LoggerFactory), nameof(EncoderOptions.ExecutionProvider),
        nameof(EncoderOptions.DeviceIds), nameof(EncoderOptions.Threads), nameof(EncoderOptions.ConcurrentRuns),
    ];

    /// <summary>Another value than the default for each of the others.</summary>
    private static readonly Dictionary<string, object> Others = new()
    {
        [nameof(SpladeEngineOptions.MaxTokens)] = 64,
        [nameof(SpladeEngineOptions.OnnxFile)] = "onnx/copy.onnx",
        [nameof(SpladeEngineOptions.SpecialTokensInText)] = false,
        [nameof(SpladeEngineOptions.MaxActiveDimensions)] = 16,
        [nameof(SpladeEngineOptions.Precision)] = Precision.Fast,
        [nameof(SpladeEngineOptions.DropSpecialTokens)] = true,
        [nameof(SpladeEngineOptions.LongTextHandling)] = LongTextHandling.SlidingWindowMax,
        [nameof(SpladeEngineOptions.WindowOverlap)] = 12,
        [nameof(SpladeEngineOptions.Policy)] = new VocabularyPolicy(new BanRule { Terms = ["the"] }),
    };

    [Fact]
    public async Task CacheKeyAdditionalValues_EachSettingThatChangesVectors_ChangesThem()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        File.Copy(model.PathOf("onnx/model.onnx"), model.PathOf("onnx/copy.onnx"));
        string[] settings = [.. typeof(SpladeEngineOptions).GetProperties().Where(p => p.SetMethod is { IsPublic: true }).Select(p => p.Name)];
        Assert.Equal(settings.Order(), OfNoAccount.Concat(Others.Keys).Order());
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

    [Fact]
    public async Task CacheKeyAdditionalValues_SameModelAndSettings_AreTheSameWhereverTheyLie()
    {
        using TemporaryModel copy = TemporaryModel.CopyOfSpladeTiny();
        Assert.Equal(
            await KeyAsync(new SpladeEngineOptions(EngineFixture.ModelFolder)),
            await KeyAsync(new SpladeEngineOptions(copy.Folder) { Threads = 1, ConcurrentRuns = 1, MaxTokens = 512 }));
    }

    [Fact]
    public async Task CacheKeyAdditionalValues_OtherModelsAndViews_HaveOthers()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(EngineFixture.ModelFolder);
        await using SpladeEngine other = await SpladeEngine.CreateAsync(Path.Combine(Repository.TestData, "models", "random-distilbert-cased"));
        await using DenseEmbeddingGenerator dense = await DenseEmbeddingGenerator.CreateAsync(Path.Combine(Repository.Models, "all-minilm-l6-v2-int8"));
        var documents = new SpladeEmbeddingGenerator(engine);
        string[] keys =
        [
            Text(documents), Text(documents.AsQueryGenerator()), Text(new SpladeEmbeddingGenerator(other)), string.Join('|', dense.CacheKeyAdditionalValues),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.All(documents.CacheKeyAdditionalValues.Concat(dense.CacheKeyAdditionalValues), value => Assert.IsType<string>(value));
    }

    [Fact]
    public void GenerationOptions_PropertiesOfACall_AreThoseOfTheEncoding()
    {
        // What is only in the encoding's options does not split the keys of a cache.
        IEnumerable<string> call = typeof(SpladeEncodingOptions).GetProperties().Where(p => p.SetMethod is { IsPublic: true }).Select(p => p.Name);
        IEnumerable<string> options = typeof(SpladeEmbeddingGenerationOptions).GetProperties().Select(p => p.Name)
            .Except(typeof(EmbeddingGenerationOptions).GetProperties().Select(p => p.Name));
        Assert.Equal(call.Order(), options.Order());
    }

    private static async Task<string> KeyAsync(SpladeEngineOptions options)
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(options);
        return Text(new SpladeEmbeddingGenerator(engine));
    }

    private static string Text(SpladeEmbeddingGenerator generator) => string.Join('|', generator.CacheKeyAdditionalValues);
}
