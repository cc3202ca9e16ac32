using System.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Splade.AI.Tests.TestDoubles;

namespace Splade.AI.Tests;

/// <summary>The other middleware of Microsoft.Extensions.AI around a generator in a container.</summary>
public sealed class MiddlewareTests
{
    [Fact]
    public async Task UseOpenTelemetry_AroundAGenerator_IsTheOnlyGenAiSpanAndTheParentOfOurs()
    {
        string name = "genai-" + Path.GetRandomFileName();
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny(name);
        using var spans = new SpanLog(name, SpladeTelemetry.ActivitySourceName);
        var services = new ServiceCollection();
        services.AddSpladeEngine(model.Folder);
        services.AddSpladeEmbeddingGenerator(decorate: (generator, provider) => generator.AsBuilder().UseOpenTelemetry(sourceName: name).Build(provider));
        await using (ServiceProvider provider = services.BuildServiceProvider(validateScopes: true))
        {
            await provider.GetRequiredService<IEmbeddingGenerator<string, SparseEmbedding>>().GenerateAsync(["the red planet"]);
        }

        Activity outer = Assert.Single(spans.Ended, s => s.Source.Name == name);
        Activity inner = Assert.Single(spans.Of(name));
        Assert.Equal(outer.SpanId, inner.ParentSpanId);
        Assert.Equal($"embeddings {name}", outer.DisplayName);
        Assert.Equal(("30522", "5"), ($"{outer.GetTagItem("gen_ai.embeddings.dimension.count")}", $"{outer.GetTagItem("gen_ai.usage.input_tokens")}"));
        Assert.DoesNotContain(inner.TagObjects, t => t.Key.StartsWith("gen_ai", StringComparison.Ordinal));
    }

    [Fact]
    public async Task UseLogging_AroundAGenerator_ShowsTextsAtTraceOnly()
    {
        using var log = new TestLoggerFactory();
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(log);
        services.AddSpladeEngine(EngineFixture.ModelFolder, options => options.Encoding.MaxTokens = 4);
        services.AddSpladeEmbeddingGenerator(decorate: (generator, provider) => generator.AsBuilder().UseLogging().Build(provider));
        await using ServiceProvider provider = services.BuildServiceProvider(validateScopes: true);
        await provider.GetRequiredService<IEmbeddingGenerator<string, SparseEmbedding>>().GenerateAsync(["xyzzyx is longer than four tokens"]);
        Assert.Contains(log.Entries, e => e.Level == LogLevel.Trace && e.Message.Contains("xyzzyx", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Entries, e => e.Level > LogLevel.Trace && e.Message.Contains("xyzzyx", StringComparison.Ordinal));
        Assert.Contains(log.Entries, e => e.Message.StartsWith("1 of 1 texts were longer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Decorate_ThatFails_IsTriedAgain()
    {
        int calls = 0;
        var services = new ServiceCollection();
        services.AddSpladeEngine(EngineFixture.ModelFolder);
        services.AddSpladeEmbeddingGenerator(decorate: (generator, _) => ++calls == 1 ? throw new InvalidOperationException("no cache yet") : generator);
        await using ServiceProvider provider = services.BuildServiceProvider(validateScopes: true);
        var sut = provider.GetRequiredService<IEmbeddingGenerator<string, SparseEmbedding>>();
        await Assert.ThrowsAsync<InvalidOperationException>(() => sut.GenerateAsync(["mars"]));
        Assert.Single(await sut.GenerateAsync(["mars"]));
        Assert.Equal(2, calls);
    }
}
