using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.AI;
using Splade.AI.Remote.Tests.TestDoubles;

namespace Splade.AI.Remote.Tests.Tei;

/// <summary>What servers refuse, and what becomes of it.</summary>
public sealed class RefusedRequestsTests
{
    private const string Key = "s3cret-key";

    [Theory]
    [InlineData(400, "Empty", "`inputs` cannot be empty", "cannot be empty")]
    [InlineData(401, null, "", nameof(RemoteEncoderOptions.ApiKey))]
    [InlineData(404, null, "Not Found", nameof(RemoteEncoderOptions.Endpoint))]
    [InlineData(413, null, "length limit exceeded", nameof(RemoteEncoderOptions.MaxRequestBytes))]
    [InlineData(422, "Validation", "`inputs` must have less than 512 tokens. Given: 600", "LongTextHandling to Truncate")]
    [InlineData(424, "Backend", "model is not an embedding model", "another kind")]
    [InlineData(429, "Overloaded", "Model is overloaded", nameof(RemoteEncoderOptions.MaxConcurrentRequests))]
    [InlineData(503, "Unhealthy", "unhealthy", "not ready")]
    public async Task Error_OfTheServer_IsToldWithWhatToDo(int status, string? type, string text, string remedy)
    {
        await using ScriptedServer server = await TeiScript.StartAsync(_ => type is null ? new ScriptedAnswer(text, status) : TeiScript.Error(status, type, text));
        using TeiSparseEmbeddingGenerator generator = Over(server, options => options.OverloadRetries = 0);

        RemoteEncoderException error = await Assert.ThrowsAsync<RemoteEncoderException>(() => generator.GenerateAsync(["a"]));

        Assert.Equal(((HttpStatusCode)status, type), (error.StatusCode!.Value, error.ErrorType));
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, error.ToString(), StringComparison.Ordinal);
        Assert.All(server.Requests, request => Assert.Equal($"Bearer {Key}", request.Authorization));
    }

    [Fact]
    public async Task Text_ThatIsTooLong_IsFoundAmongTheOthers()
    {
        await using ScriptedServer server = await TeiScript.StartAsync(request => request.Inputs.Any(text => text.Length > 100)
            ? TeiScript.Error(422, "Validation", "`inputs` must have less than 100 tokens. Given: 101")
            : TeiScript.Embed(request));
        using TeiSparseEmbeddingGenerator generator = Over(server);

        RemoteEncoderException error = await Assert.ThrowsAsync<RemoteEncoderException>(
            () => generator.GenerateAsync([.. Enumerable.Range(70, 32).Select(TeiScript.Text)]));

        Assert.Equal((31, HttpStatusCode.UnprocessableEntity), (error.Position!.Value, error.StatusCode!.Value));
        Assert.InRange(server.Posts.Count(), 2, 11);
    }

    [Fact]
    public async Task Batch_ThatTheServerIsTooBusyFor_ComesInHalves()
    {
        await using ScriptedServer server = await TeiScript.StartAsync(request => request.Inputs.Length > 4
            ? TeiScript.Error(429, "Overloaded", "Model is overloaded")
            : TeiScript.Embed(request));
        using TeiSparseEmbeddingGenerator generator = Over(server, options => options.MaxConcurrentRequests = 1);

        GeneratedEmbeddings<SparseEmbedding> embeddings = await generator.GenerateAsync([.. Enumerable.Range(0, 16).Select(TeiScript.Text)]);

        Assert.Equal(Enumerable.Range(0, 16), embeddings.Select(e => e.Vector.Indices[0]));
        Assert.Equal([16, 8, 4, 4, 8, 4, 4], server.Posts.Select(request => request.Inputs.Length));
    }

    [Fact]
    public async Task Burst_OfMoreCallersThanTheServerTakes_IsServedInTheEnd()
    {
        var permits = new SemaphoreSlim(8);
        int refused = 0;
        await using ScriptedServer server = await ScriptedServer.StartAsync(async (request, token) =>
        {
            if (request.Path == "info")
            {
                return TeiScript.Info();
            }

            // As Text Embeddings Inference: a permit for each text, and one that is missing fails all of them.
            int taken = request.Inputs.TakeWhile(_ => permits.Wait(0, CancellationToken.None)).Count();
            try
            {
                await Task.Delay(5, token);
                Interlocked.Add(ref refused, taken < request.Inputs.Length ? 1 : 0);
                return taken < request.Inputs.Length ? TeiScript.Error(429, "Overloaded", "Model is overloaded") : TeiScript.Embed(request);
            }
            finally
            {
                _ = taken == 0 ? 0 : permits.Release(taken);
            }
        });
        using TeiSparseEmbeddingGenerator generator = Over(server, options => options.MaxConcurrentRequests = 8);

        GeneratedEmbeddings<SparseEmbedding>[] all = await Task.WhenAll(
            Enumerable.Range(0, 64).Select(caller => generator.GenerateAsync([TeiScript.Text(caller), TeiScript.Text(caller), TeiScript.Text(caller)])));

        Assert.All(all.Index(), own => Assert.All(own.Item, e => Assert.Equal(own.Index, e.Vector.Indices[0])));
        Assert.True(refused > 0);
    }

    [Fact]
    public async Task Server_ThatStaysTooBusy_IsGivenUp()
    {
        await using ScriptedServer server = await TeiScript.StartAsync(_ => TeiScript.Error(429, "Overloaded", "Model is overloaded"));
        using TeiSparseEmbeddingGenerator generator = Over(server, options => options.OverloadRetries = 2);

        RemoteEncoderException error = await Assert.ThrowsAsync<RemoteEncoderException>(() => generator.GenerateAsync(["a", "b"]));

        Assert.Equal(HttpStatusCode.TooManyRequests, error.StatusCode);
        Assert.Equal(3, server.Posts.Count());
    }

    [Fact]
    public async Task Wait_ThatTheServerAsksFor_IsKept()
    {
        int asked = 0;
        await using ScriptedServer server = await TeiScript.StartAsync(request => Interlocked.Increment(ref asked) == 1
            ? TeiScript.Error(429, "Overloaded", "Model is overloaded", ("Retry-After", "1"))
            : TeiScript.Embed(request));
        using TeiSparseEmbeddingGenerator generator = Over(server);
        long start = Stopwatch.GetTimestamp();

        await generator.GenerateAsync(["a"]);

        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0.95, 30);
    }

    [Fact]
    public async Task Cancelled_Call_EndsAtOnceWithItsToken()
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ScriptedServer server = await ScriptedServer.StartAsync(async (request, token) =>
        {
            if (request.Path == "info")
            {
                return TeiScript.Info();
            }

            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
            return "";
        });
        using TeiSparseEmbeddingGenerator generator = Over(server);
        using var cancellation = new CancellationTokenSource();

        Task<GeneratedEmbeddings<SparseEmbedding>> call = generator.GenerateAsync(["a"], cancellationToken: cancellation.Token);
        await reached.Task;
        await cancellation.CancelAsync();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(cancellation.Token, error.CancellationToken);
    }

    [Fact]
    public async Task Answer_ThatIsTooSlow_IsAnErrorOfTheServer()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(async (request, token) =>
        {
            await Task.Delay(request.Path == "info" ? 0 : Timeout.Infinite, token);
            return TeiScript.Info();
        });
        using TeiSparseEmbeddingGenerator generator = Over(server, options => options.RequestTimeout = TimeSpan.FromSeconds(0.3));

        RemoteEncoderException error = await Assert.ThrowsAsync<RemoteEncoderException>(() => generator.GenerateAsync(["a"]));

        Assert.Contains(nameof(RemoteEncoderOptions.RequestTimeout), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_ThatIsNotThere_IsToldByItsAddress()
    {
        using var client = new HttpClient();
        using var generator = new TeiSparseEmbeddingGenerator(
            client, new TeiSparseEmbeddingGeneratorOptions(new Uri("http://user:password@127.0.0.1:9/prefix")) { Dimensions = 10 });

        RemoteEncoderException error = await Assert.ThrowsAsync<RemoteEncoderException>(() => generator.GenerateAsync(["a"]));

        Assert.Contains("GET http://127.0.0.1:9/prefix/info had no answer", error.Message, StringComparison.Ordinal);
    }

    private static TeiSparseEmbeddingGenerator Over(ScriptedServer server, Action<TeiSparseEmbeddingGeneratorOptions>? configure = null)
    {
        var options = new TeiSparseEmbeddingGeneratorOptions(server.Address) { Dimensions = TeiScript.Dimensions, ApiKey = Key };
        configure?.Invoke(options);
        return new TeiSparseEmbeddingGenerator(server.Client, options);
    }
}
