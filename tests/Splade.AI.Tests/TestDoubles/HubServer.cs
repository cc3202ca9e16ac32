using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Splade.AI.Tests.TestDoubles;

/// <summary>
/// A hub on this machine: the API's list of files, small files with their git hash as entity tag, large ones behind a redirect to another host
/// name, byte ranges, and whatever can go wrong on the way.
/// </summary>
internal sealed class HubServer : IAsyncDisposable
{
    public const string Name = "acme/splade";
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentQueue<(string PathPart, HubFault Fault)> _faults = new();
    private readonly Task _accepting;

    public HubServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Endpoint => $"http://127.0.0.1:{Port}";

    /// <summary>All requests, in the order of their arrival.</summary>
    public ConcurrentQueue<HubRequest> Requests { get; } = new();

    public Dictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Files that the hub keeps as large ones.</summary>
    public HashSet<string> LargeFiles { get; } = new(StringComparer.Ordinal);

    /// <summary>What reaches the client instead of a file's content; the list still has the size and hash of the true one.</summary>
    public Dictionary<string, byte[]> WrongContents { get; } = new(StringComparer.Ordinal);

    /// <summary>The token that every request to the endpoint must carry; null if none need.</summary>
    public string? RequiredToken { get; set; }

    /// <summary>Whether the list has names only, as some mirrors answer.</summary>
    public bool ListsNamesOnly { get; set; }

    /// <summary>Whether files can be had from a byte on.</summary>
    public bool KnowsRanges { get; set; } = true;

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>A server with a complete model, whose ONNX file is large.</summary>
    public static HubServer WithModel(int onnxBytes = 300_000)
    {
        var server = new HubServer();
        foreach (string file in (string[])["modules.json", "config.json", "tokenizer.json", "1_SpladePooling/config.json", "README.md"])
        {
            server.Files[file] = Encoding.UTF8.GetBytes($$"""{"file": "{{file}}"}""");
        }

        server.Files["model.safetensors"] = new byte[1000];
        server.Files["pytorch_model.bin"] = new byte[1000];
        server.Files["onnx/model.onnx"] = Content(onnxBytes);
        server.LargeFiles.UnionWith(["onnx/model.onnx", "model.safetensors", "pytorch_model.bin"]);
        return server;
    }

    /// <summary>A server with the files of a folder, of which ONNX files and weights are large.</summary>
    public static HubServer WithFolder(string folder)
    {
        var server = new HubServer();
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            server.Files[Path.GetRelativePath(folder, file).Replace('\\', '/')] = File.ReadAllBytes(file);
        }

        server.LargeFiles.UnionWith(server.Files.Keys.Where(f => Path.GetExtension(f) is ".onnx" or ".safetensors" or ".bin"));
        return server;
    }

    /// <summary>Bytes of which no two blocks are alike.</summary>
    public static byte[] Content(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    /// <summary>The next request whose path has this part goes wrong. Of several faults for one path the first comes first.</summary>
    public void Fail(string pathPart, HubFault fault) => _faults.Enqueue((pathPart, fault));

    public string HashOf(string file) =>
        Convert.ToHexStringLower(LargeFiles.Contains(file) ? SHA256.HashData(Files[file]) : GitHash(Files[file]));

    /// <summary>How many requests fetched the content of a file.</summary>
    public int Downloads(string file) =>
        Requests.Count(r => r.Method == "GET" && (r.Path == $"/cdn/{HashOf(file)}" || (!LargeFiles.Contains(file) && r.Path == ResolvePath(file))));

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Stop();
        await _accepting;
        _closing.Dispose();
    }

    private static string ResolvePath(string file) => $"/{Name}/resolve/{Commit}/{file}";

#pragma warning disable CA5350 // git names its blobs by SHA-1
    private static byte[] GitHash(byte[] content) => SHA1.HashData([.. Encoding.ASCII.GetBytes($"blob {content.Length}\0"), .. content]);
#pragma warning restore CA5350

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_closing.Token);
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    // One request per connection keeps the double short.
    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                HubRequest request = await HubRequest.ReadAsync(stream, _closing.Token);
                Requests.Enqueue(request);
                HubFault? fault = TakeFault(request.Path);
                HubResponse response = fault?.Response ?? (fault?.Redirect is string to ? HubResponse.Redirect(to) : Answer(request));
                await response.WriteAsync(stream, request.Method == "HEAD", fault, _closing.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
            }
        }
    }

    private HubFault? TakeFault(string path)
    {
        lock (_faults)
        {
            (string PathPart, HubFault Fault)[] faults = [.. _faults];
            int index = Array.FindIndex(faults, f => path.Contains(f.PathPart, StringComparison.Ordinal));
            if (index < 0)
            {
                return null;
            }

            _faults.Clear();
            foreach ((string PathPart, HubFault Fault) other in faults.Where((_, i) => i != index))
            {
                _faults.Enqueue(other);
            }

            return faults[index].Fault;
        }
    }

    private HubResponse Answer(HubRequest request)
    {
        if (request.Path.StartsWith("/cdn/", StringComparison.Ordinal))
        {
            string? large = Files.Keys.FirstOrDefault(f => HashOf(f) == request.Path["/cdn/".Length..]);
            return large is null ? HubResponse.Error(404) : Content(request, large, etag: "\"storage-host-tag\"");
        }

        if (RequiredToken is not null && request.Authorization != $"Bearer {RequiredToken}")
        {
            return HubResponse.Error(401, "GatedRepo", "Access to this model is restricted.");
        }

        if (request.Path.StartsWith($"/api/models/{Name}/revision/", StringComparison.Ordinal))
        {
            string revision = Uri.UnescapeDataString(request.Path[$"/api/models/{Name}/revision/".Length..].Split('?')[0]);
            return revision is "main" or Commit or "refs/pr/1" ? List() : HubResponse.Error(404, "RevisionNotFound", "Invalid rev id");
        }

        string? file = Files.Keys.FirstOrDefault(f => request.Path == ResolvePath(f));
        return file is null ? HubResponse.Error(404, "RepoNotFound", "Repository not found")
            : LargeFiles.Contains(file) ? RedirectToStorage(file)
            : Content(request, file, $"\"{HashOf(file)}\"");
    }

    private HubResponse List()
    {
        IEnumerable<JsonNode> siblings = Files.Select(f => (JsonNode)(ListsNamesOnly
            ? new JsonObject { ["rfilename"] = f.Key }
            : new JsonObject
            {
                ["rfilename"] = f.Key,
                ["size"] = f.Value.Length,
                ["blobId"] = Convert.ToHexStringLower(GitHash(f.Value)),
                ["lfs"] = LargeFiles.Contains(f.Key) ? new JsonObject { ["sha256"] = HashOf(f.Key) } : null,
            }));
        var list = new JsonObject { ["sha"] = Commit, ["siblings"] = new JsonArray([.. siblings]) };
        return new HubResponse(200, [], Encoding.UTF8.GetBytes(list.ToJsonString()));
    }

    private HubResponse RedirectToStorage(string file)
    {
        HubResponse redirect = HubResponse.Redirect($"http://localhost:{Port}/cdn/{HashOf(file)}");
        redirect.Headers["X-Linked-Etag"] = $"\"{HashOf(file)}\"";
        redirect.Headers["X-Linked-Size"] = Files[file].Length.ToString(CultureInfo.InvariantCulture);
        return redirect;
    }

    private HubResponse Content(HubRequest request, string file, string etag)
    {
        byte[] content = WrongContents.GetValueOrDefault(file, Files[file]);
        var headers = new Dictionary<string, string> { ["ETag"] = etag };
        if (!KnowsRanges || request.RangeFrom is not int from || (request.IfRange is string condition && condition != etag))
        {
            return new HubResponse(200, headers, content);
        }

        headers["Content-Range"] = $"bytes {from}-{content.Length - 1}/{content.Length}";
        return from < content.Length ? new HubResponse(206, headers, content[from..]) : HubResponse.Error(416);
    }
}
