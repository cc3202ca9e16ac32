using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Qdrant.Client.Grpc;
using Splade.AI.Hybrid;
using Splade.AI.Qdrant.Collections;

namespace Splade.AI.Qdrant.Tests.TestDoubles;

/// <summary>A server of gRPC that answers, fails, cuts and waits as a test says. A collection of the default kind is there, unless the script knows better.</summary>
internal sealed class ScriptedGrpc : IAsyncDisposable
{
    public static readonly HybridSchema Schema = new(VectorField.Sparse("sparse", 100), VectorField.Dense("dense", 2));

    private readonly WebApplication _application;
    private readonly Func<ScriptedCall, ScriptedReply?> _answer;

    private ScriptedGrpc(Func<ScriptedCall, ScriptedReply?> answer, HttpProtocols protocols, bool tls)
    {
        _answer = answer;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = protocols;
            if (tls)
            {
                listen.UseHttps(Certificate());
            }
        }));
        if (tls)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    public Uri Address { get; private set; } = null!;

    public ConcurrentQueue<ScriptedCall> Calls { get; } = new();

    public int CountOf(string method) => Calls.Count(call => call.Method == method);

    public static async Task<ScriptedGrpc> StartAsync(
        Func<ScriptedCall, ScriptedReply?> answer, HttpProtocols protocols = HttpProtocols.Http2, bool tls = false)
    {
        var server = new ScriptedGrpc(answer, protocols, tls);
        await server._application.StartAsync();
        server.Address = new Uri(server._application.Urls.Single());
        return server;
    }

    public QdrantHybridStoreOptions Options() => new()
    {
        Endpoint = Address,
        CollectionName = "notes",
        Schema = Schema,
        RetryDelay = TimeSpan.FromMilliseconds(1),
        MaxRetries = 2,
    };

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    /// <summary>What a collection of a store says of itself.</summary>
    public static GetCollectionInfoResponse Info(HybridSchema? schema = null, HybridModels? models = null, bool tenants = false)
    {
        var config = new CollectionConfig { Params = new CollectionParams { ShardNumber = 1, ReplicationFactor = 1, WriteConsistencyFactor = 1 } };
        config.Params.SparseVectorsConfig = new SparseVectorConfig { Map = { ["sparse"] = new SparseVectorParams() } };
        config.Params.VectorsConfig = new VectorsConfig { ParamsMap = new VectorParamsMap { Map = { ["dense"] = new VectorParams { Size = 2, Distance = Distance.Dot } } } };
        new CollectionMetadata(schema ?? Schema, models ?? HybridModels.None, tenants).WriteTo(config.Metadata);
        return new GetCollectionInfoResponse { Result = new CollectionInfo { Config = config, Status = CollectionStatus.Green } };
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var call = new ScriptedCall(
            context.Request.Path.Value!.Split('/')[^1], body.ToArray() is { Length: >= 5 } framed ? framed[5..] : [], context.Request.Headers["api-key"]);
        Calls.Enqueue(call);
        ScriptedReply reply = _answer(call) ?? (context.Request.Path.Value.Contains("Collections/Get", StringComparison.Ordinal) ? Info() : new ScriptedReply());
        try
        {
            await Task.Delay(reply.Delay, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            return; // Whoever asked has gone.
        }

        if (reply.Cut)
        {
            context.Abort();
            return;
        }

        context.Response.ContentType = "application/grpc";
        foreach ((string name, string value) in reply.Trailers)
        {
            context.Response.AppendTrailer(name, value);
        }

        context.Response.AppendTrailer("grpc-status", $"{(int)reply.Status}");
        context.Response.AppendTrailer("grpc-message", Uri.EscapeDataString(reply.Text));
        if (reply.Status == StatusCode.OK)
        {
            byte[] message = (reply.Message ?? new PointsOperationResponse { Result = new UpdateResult { Status = UpdateStatus.Completed } }).ToByteArray();
            byte[] frame = [0, 0, 0, 0, 0, .. message];
            BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
            await context.Response.Body.WriteAsync(reply.Half ? frame.AsMemory(0, 5 + (message.Length / 2)) : frame);
            if (reply.Half && !reply.EndsWell)
            {
                await context.Response.Body.FlushAsync();
                context.Abort();
            }
        }
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        using X509Certificate2 own = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(80));
        return X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pfx), password: null);
    }
}

internal sealed record ScriptedCall(string Method, byte[] Body, string? ApiKey);

/// <param name="Message">The answer; null for a write that is done.</param>
/// <param name="Status">The status.</param>
/// <param name="Text">What the server says of it.</param>
internal sealed record ScriptedReply(IMessage? Message = null, StatusCode Status = StatusCode.OK, string Text = "")
{
    public IReadOnlyList<(string Name, string Value)> Trailers { get; init; } = [];

    public TimeSpan Delay { get; init; }

    /// <summary>Whether the connection ends without an answer.</summary>
    public bool Cut { get; init; }

    /// <summary>Whether only half of the answer is sent.</summary>
    public bool Half { get; init; }

    /// <summary>Whether the half answer ends as if it were whole.</summary>
    public bool EndsWell { get; init; }

    public static implicit operator ScriptedReply(GetCollectionInfoResponse message) => new((IMessage)message);
}
