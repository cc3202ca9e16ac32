using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Splade.AI.Remote.Tests.TestDoubles;

namespace Splade.AI.Remote.Tests;

public sealed class RemoteServiceCollectionExtensionsTests
{
    private const string Key = "s3cret-key";

    [Fact]
    public async Task Request_ThatFailsOnItsWay_IsRepeatedAndTheKeyIsInNoLog()
    {
        int asked = 0;
        await using ScriptedServer server = await TeiScript.StartAsync(request => Interlocked.Increment(ref asked) == 1
            ? TeiScript.Error(503, "Unhealthy", "unhealthy")
            : TeiScript.Embed(request));
        using var logs = new TestLoggerFactory();
        await using ServiceProvider provider = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(logs)
            .AddTeiSparseEmbeddingGenerator(server.Address, options => (options.ApiKey, options.Dimensions) = (Key, TeiScript.Dimensions))
            .BuildServiceProvider();

        SparseEmbedding embedding = await provider.GetRequiredService<IEmbeddingGenerator<string, SparseEmbedding>>().GenerateAsync("abc");

        Assert.Equal(3, embedding.Vector.Indices[0]);
        Assert.Equal(2, server.Posts.Count());
        Assert.NotEmpty(logs.Entries);
        Assert.DoesNotContain(logs.Entries, entry => entry.Message.Contains(Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answer_ThatIsTooBusy_IsRepeatedByTheGeneratorAlone()
    {
        await using ScriptedServer server = await TeiScript.StartAsync(_ => TeiScript.Error(429, "Overloaded", "Model is overloaded"));
        await using ServiceProvider provider = new ServiceCollection()
            .AddTeiSparseEmbeddingGenerator(server.Address, options => (options.OverloadRetries, options.Dimensions) = (1, TeiScript.Dimensions))
            .BuildServiceProvider();
        IEmbeddingGenerator<string, SparseEmbedding> generator = provider.GetRequiredService<IEmbeddingGenerator<string, SparseEmbedding>>();

        await Assert.ThrowsAsync<RemoteEncoderException>(() => generator.GenerateAsync(["a"]));

        Assert.Equal(2, server.Posts.Count());
    }

    [Fact]
    public async Task Generators_OfSeveralKeys_HaveTheirOwnServersAndOptions()
    {
        await using ScriptedServer sparse = await TeiScript.StartAsync(TeiScript.Embed);
        await using ScriptedServer dense = await TeiScript.StartAsync(TeiScript.EmbedDense, TeiScript.Info(TeiScript.Dense));
        await using ServiceProvider provider = new ServiceCollection()
            .AddTeiSparseEmbeddingGenerator(new Uri("http://127.0.0.1:9"))
            .AddTeiSparseEmbeddingGenerator(sparse.Address)
            .AddKeyedTeiSparseEmbeddingGenerator("other", sparse.Address, options => options.Dimensions = 2000)
            .AddTeiEmbeddingGenerator(dense.Address)
            .AddTeiReranker(dense.Address)
            .AddKeyedCohereReranker("cohere", dense.Address, "m")
            .Configure<TeiSparseEmbeddingGeneratorOptions>(options => options.Dimensions = TeiScript.Dimensions)
            .BuildServiceProvider();

        var own = (TeiSparseEmbeddingGenerator)Assert.Single(provider.GetServices<IEmbeddingGenerator<string, SparseEmbedding>>());
        Assert.Equal(TeiScript.Dimensions, (await own.GenerateAsync("a")).Dimensions);
        Assert.Equal(2000, (await provider.GetRequiredKeyedService<IEmbeddingGenerator<string, SparseEmbedding>>("other").GenerateAsync("a")).Dimensions);
        Assert.Equal(3, (await provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GenerateAsync("a")).Vector.Length);
        Assert.IsType<TeiReranker>(provider.GetRequiredService<IReranker>());
        Assert.IsType<CohereReranker>(provider.GetRequiredKeyedService<IReranker>("cohere"));
        Assert.Null(provider.GetService<IEmbeddingGenerator>());
    }

    [Fact]
    public void Keys_OfOneText_AreRefused()
    {
        IServiceCollection services = new ServiceCollection().AddKeyedTeiReranker("1", new Uri("http://127.0.0.1:9"));

        Assert.Throws<ArgumentException>(() => services.AddKeyedTeiReranker(1, new Uri("http://127.0.0.1:9")));
        Assert.Throws<ArgumentException>(() => services.AddKeyedTeiReranker("", new Uri("http://127.0.0.1:9")));
    }

    [Fact]
    public void Options_OutOfTheirRanges_AreRefused()
    {
        var options = new TeiSparseEmbeddingGeneratorOptions();

        Assert.Throws<ArgumentException>(() => options.Endpoint = new Uri("ftp://host"));
        Assert.Throws<ArgumentException>(() => options.Endpoint = new Uri("relative", UriKind.Relative));
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxBatchSize = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxRequestBytes = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxConcurrentRequests = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.OverloadRetries = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.RequestTimeout = TimeSpan.Zero);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.Dimensions = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.LongTextHandling = LongTextHandling.SlidingWindowMax);
        using var client = new HttpClient();
        Assert.Throws<ArgumentException>(() => new TeiSparseEmbeddingGenerator(client, options));
    }

    [Fact]
    public void Clone_HasAllAndIsIndependent()
    {
        var options = new TeiEmbeddingGeneratorOptions(new Uri("http://host:1"))
        {
            ApiKey = "k",
            MaxBatchSize = 2,
            MaxRequestBytes = 3,
            MaxConcurrentRequests = 4,
            OverloadRetries = 5,
            RequestTimeout = TimeSpan.FromSeconds(6),
            Dimensions = 7,
            TokenizerFile = "t",
            InputType = EmbeddingInputType.Query,
            LongTextHandling = LongTextHandling.Truncate,
            QueryPromptName = "q",
            DocumentPromptName = "d",
            Normalize = false,
        };

        TeiEmbeddingGeneratorOptions clone = options.Clone();

        Assert.All(
            typeof(TeiEmbeddingGeneratorOptions).GetProperties(),
            property => Assert.Equal(property.GetValue(options), property.GetValue(clone)));
        options.MaxBatchSize = null;
        Assert.Equal(2, clone.MaxBatchSize);
    }
}
