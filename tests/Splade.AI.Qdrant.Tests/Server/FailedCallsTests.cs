using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Qdrant.Client.Grpc;
using Splade.AI.Hybrid;
using Splade.AI.Qdrant.Tests.TestDoubles;

namespace Splade.AI.Qdrant.Tests.Server;

/// <summary>Servers that refuse, cut and keep silent: what is repeated, how often, and what callers are told.</summary>
public sealed class FailedCallsTests
{
    private const string Secret = "s3cret-k3y";

    /// <summary>What a server says, and whether asking again may help.</summary>
    public static TheoryData<StatusCode, string, string, bool> Answers => new()
    {
        { StatusCode.InvalidArgument, "Wrong input: Vector dimension error: expected dim: 2, got 3", "", false },
        { StatusCode.NotFound, "Not found: Collection `notes` doesn't exist!", "", false },
        { StatusCode.Unauthenticated, "Invalid API key or JWT", "", false },
        { StatusCode.PermissionDenied, "Forbidden", "", false },
        { StatusCode.Unimplemented, "unknown method", "", false },
        { StatusCode.ResourceExhausted, "Rate limiting exceeded: Write rate limit exceeded", "retry-after", true },
        { StatusCode.ResourceExhausted, "Insufficient storage: disk is full", "qdrant-insufficient-storage", false },
        { StatusCode.ResourceExhausted, "Received message exceeds the maximum configured message size.", "", false },
        { StatusCode.Unavailable, "Shard temporarily unavailable", "", true },
        { StatusCode.DeadlineExceeded, "Timeout: Operation timed out", "", true },
        { StatusCode.Internal, "Service internal error: panic", "", false },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Upsert_EachAnswer_IsRepeatedOnlyIfThatMayHelp(StatusCode status, string text, string trailer, bool isTransient)
    {
        await using ScriptedGrpc server = await ScriptedGrpc.StartAsync(
            call => call.Method == "Upsert" ? new ScriptedReply(Status: status, Text: text) { Trailers = trailer.Length > 0 ? [(trailer, "0")] : [] } : null);
        await using QdrantHybridStore sut = await QdrantHybridStore.OpenAsync(server.Options());
        var error = await Assert.ThrowsAsync<HybridStoreException>(() => sut.UpsertAsync([Records.Of("a")]));
        Assert.Equal(isTransient, error.IsTransient);
        Assert.Contains(text.TrimEnd('.'), error.Message, StringComparison.Ordinal);
        Assert.Contains("'notes'", error.Message, StringComparison.Ordinal);
        Assert.Equal(isTransient ? 3 : 1, server.CountOf("Upsert"));
        Assert.Equal(status == StatusCode.ResourceExhausted ? "RESOURCE_EXHAUSTED" : error.Code, error.Code);
    }

    [Fact]
    public async Task Count_ServerThatWantsAnIndex_NamesTheOption()
    {
        await using ScriptedGrpc server = await ScriptedGrpc.StartAsync(call => call.Method == "Count"
            ? new ScriptedReply(Status: StatusCode.InvalidArgument, Text: "Bad request: Index required but not found for \"m.text.lang\" of one of the following types: [keyword].")
            : null);
        await using QdrantHybridStore sut = await QdrantHybridStore.OpenAsync(server.Options());
        var error = await Assert.ThrowsAsync<HybridStoreException>(() => sut.CountAsync(MetadataFilter.Equal("lang", "en")));
        Assert.Contains("m.text.lang", error.Message, StringComparison.Ordinal);
        Assert.Contains("Indexes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upsert_ServerThatRecovers_IsDoneInTheEnd()
    {
        int asked = 0;
        await using ScriptedGrpc server = await ScriptedGrpc.StartAsync(
            call => call.Method == "Upsert" && Interlocked.Increment(ref asked) <= 2 ? new ScriptedReply { Cut = asked == 1, Status = StatusCode.Unavailable } : null);
        await using QdrantHybridStore sut = await QdrantHybridStore.OpenAsync(server.Options());
        await sut.UpsertAsync([Records.Of("a")]);
        Assert.Equal(3, server.CountOf("Upsert"));
    }

    // A server that says when is not asked before.
    [Fact]
    public async Task Upsert_TooBusyUntilATime_WaitsForIt()
    {
        int asked = 0;
        await using ScriptedGrpc server = await ScriptedGrpc.StartAsync(call => call.Method == "Upsert" && Interlocked.Increment(ref asked) == 1
            ? new ScriptedReply(Status: StatusCode.ResourceExhausted, Text: "Rate limiting exceeded") { Trailers = [("retry-after", "0.3")] }
            : null);
        await using QdrantHybridStore sut = await QdrantHybridStore.OpenAsync(server.Options());
        var clock = Stopwatch.StartNew();
        await sut.UpsertAsync([Records.Of("a")]);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.25, 20);
    }

    [Fact]
    public async Task Upsert_TooBusyForAnHour_DoesNotWait()
    {
        await using ScriptedGrpc server = await ScriptedGrpc.StartAsync(call => call.Method == "Upsert"
            ? new ScriptedReply(Status: StatusCode.ResourceExhausted, Text: "Rate limiting exceeded") { Trailers = [("retry-after", "3600")] }
            : null);
        await using QdrantHybridStore sut = await QdrantHybridStore.OpenAsync(server.Options());
        Assert.True((await Assert.ThrowsAsync<HybridStoreException>(() => sut.UpsertAsync([Records.Of("a")]))).IsTransient);
        Assert.Equal(1, server.CountOf("Upsert"));
    }

    // No error for Qdrant: only what is completed is seen by all.
    [Theory]
    [InlineData(UpdateStatus.WaitTimeout)]
    [InlineData(UpdateStatus.Acknowledged)]
    [InlineData(UpdateStatus.ClockRejected)]
    public async Task Upsert_NotCompleted_IsRepeatedAndThenAnError(UpdateStatus status)
    {
        await using ScriptedGrpc server = await ScriptedGrpc.StartAsync(
            call => call.Method == "Upsert" ? new ScriptedReply(new PointsOperationResponse { Result = new UpdateResult { Status = status } }) : null);
        await using QdrantHybridStore sut = await QdrantHybridStore.OpenAsync(server.Options());
        var error = await Assert.ThrowsAsync<HybridStoreException>(() => sut.UpsertAsync([Records.Of("a")]));
        Assert.True(error.IsTransient);
        Assert.Contains($"{status}", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, server.CountOf("Upsert"));
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, true, true)]
    public async Task Count_CutConnectionOrHalfAnAnswer_IsRepeatedAndThenAnError(bool cut, bool half, bool endsWell)
    {
        await using ScriptedGrpc server = await ScriptedGrpc.StartAsync(call => call.Method == "Count"
            ? new ScriptedReply(new CountResponse { Result = new CountResult { Count = 7 }, Time = 0.5 }) { Cut = cut, Half = half, EndsWell = endsWell }
            : null);
        await using QdrantHybridStore sut = await QdrantHybridStore.OpenAsync(server.Options());
        var error = await Assert.ThrowsAsync<HybridStoreException>(() => sut.CountAsync());
        Assert.True(error.IsTransient, error.ToString());
        Assert.Equal(3, server.CountOf("Count"));
    }

    [Fact]
    public async Task Count_SilentServer_EndsWithTheTimeOfEachAttempt()
    {
        await using ScriptedGrpc server = await ScriptedGrpc.StartAsync(
            call => call.Method == "Count" ? new ScriptedReply { Delay = TimeSpan.FromMinutes(1) } : null);
        QdrantHybridStoreOptions options = server.Options();
        await using QdrantHybridStore opened = await QdrantHybridStore.OpenAsync(options);
        options.RequestTimeout = TimeSpan.FromMilliseconds(300);
        await using QdrantHybridStore sut = await QdrantHybridStore.OpenAsync(options);
        var error = await Assert.ThrowsAsync<HybridStoreException>(() => sut.CountAsync());
        Assert.Equal((true, "DEADLINE_EXCEEDED"), (error.IsTransient, error.Code));
        Assert.Contains("0.3 s", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, server.CountOf("Count"));
    }

    [Fact]
    public async Task Count_Cancelled_EndsAtOnceAndIsNoError()
    {
        await using ScriptedGrpc server = await ScriptedGrpc.StartAsync(
            call => call.Method == "Count" ? new ScriptedReply { Delay = TimeSpan.FromMinutes(1) } : null);
        await using QdrantHybridStore sut = await QdrantHybridStore.OpenAsync(server.Options());
        using var source = new CancellationTokenSource();
        Task<long> counting = sut.CountAsync(filter: null, source.Token);
        while (server.CountOf("Count") == 0)
        {
            await Task.Delay(5);
        }

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => counting);
        Assert.Equal(1, server.CountOf("Count"));
    }

    [Fact]
    public async Task Members_FailedCalls_TellNoKey()
    {
        await using ScriptedGrpc server = await ScriptedGrpc.StartAsync(call => call.Method == "Get" ? null : new ScriptedReply(Status: StatusCode.Unauthenticated, Text: "Invalid API key or JWT"));
        QdrantHybridStoreOptions options = server.Options();
        options.ApiKey = Secret;
        options.Endpoint = new UriBuilder(server.Address) { UserName = "someone", Password = Secret }.Uri;
        await using QdrantHybridStore sut = await QdrantHybridStore.OpenAsync(options);
        var error = await Assert.ThrowsAsync<HybridStoreException>(() => sut.CountAsync());
        Assert.All(server.Calls, call => Assert.Equal(Secret, call.ApiKey));
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
        Assert.Equal("UNAUTHENTICATED", error.Code);
    }

    [Fact]
    public async Task Open_CertificateThatNobodyTrusts_IsRefusedOnce()
    {
        await using ScriptedGrpc server = await ScriptedGrpc.StartAsync(_ => null, tls: true);
        QdrantHybridStoreOptions options = server.Options();
        options.ApiKey = Secret;
        var error = await Assert.ThrowsAsync<HybridStoreException>(() => QdrantHybridStore.OpenAsync(options));
        Assert.Equal((false, "TLS"), (error.IsTransient, error.Code));
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(server.Calls);

        // The same server, trusted.
#pragma warning disable CA5359 // The certificate is the test's own.
        options.ConfigureHandler = handler => handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        await using QdrantHybridStore sut = await QdrantHybridStore.OpenAsync(options);
        await sut.UpsertAsync([Records.Of("a")]);
    }

    [Fact]
    public async Task Open_PortOfHttp1_SaysWhichPortIsMeant()
    {
        await using ScriptedGrpc server = await ScriptedGrpc.StartAsync(_ => null, HttpProtocols.Http1);
        var error = await Assert.ThrowsAsync<HybridStoreException>(() => QdrantHybridStore.OpenAsync(server.Options()));
        Assert.Contains("6334", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_NobodyListens_IsATransientError()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var options = new QdrantHybridStoreOptions
        {
            Endpoint = new Uri($"http://{listener.LocalEndpoint}"),
            CollectionName = "notes",
            Schema = ScriptedGrpc.Schema,
            MaxRetries = 1,
            RetryDelay = TimeSpan.Zero,
        };
        listener.Stop();
        var error = await Assert.ThrowsAsync<HybridStoreException>(() => QdrantHybridStore.OpenAsync(options));
        Assert.Equal((true, "UNAVAILABLE"), (error.IsTransient, error.Code));
        Assert.Contains("in 2 attempts", error.Message, StringComparison.Ordinal);
    }

    // A server that sends bytes of no protocol, and one that closes at once.
    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("")]
    public async Task Open_ServerOfAnotherKind_IsAnError(string greeting)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var source = new CancellationTokenSource();
        Task serving = Task.Run(async () =>
        {
            while (!source.IsCancellationRequested)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync(source.Token);
                await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(greeting));
            }
        });
        var options = new QdrantHybridStoreOptions
        {
            Endpoint = new Uri($"http://{listener.LocalEndpoint}"),
            CollectionName = "notes",
            Schema = ScriptedGrpc.Schema,
            MaxRetries = 1,
            RetryDelay = TimeSpan.Zero,
        };
        await Assert.ThrowsAsync<HybridStoreException>(() => QdrantHybridStore.OpenAsync(options));
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);
    }
}
