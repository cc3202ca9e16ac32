using System.Text.Json.Nodes;
using Splade.AI.Tests.TestData;

namespace Splade.AI.Tests.ModelFiles;

/// <summary>Whatever stands in the files of a model folder: it is loaded, or refused in words, at once and with little memory.</summary>
public sealed class DamagedModelTests : IDisposable
{
    private static readonly int TriesPerFile = Trials.Of(4, slow: 25);
    private const long MostBytes = 400L << 20;

    private static readonly string[] Values =
    [
        "null", "true", "1", "-1", "0", "1e30", "1e999", "2000000000", "99999999999999999999", "0.5", "[]", "[null]", "{}", "\"\"", "\"\\ud800\"",
        "\"a\\u0000b\"", "\"../../x\"", "\"/etc/passwd\"", "\"/dev/zero\"", "\"C:\\\\x\"", "\".\"", "{\"\\udc00\": 1}", "[[[[[[[[]]]]]]]]",
        $"\"{new string('x', 5000)}\"",
    ];

    private static readonly string[] Contents =
    [
        "", " ", "null", "1", "[]", "{}", "\"a\"", "[null]", "{\"a\": 1, \"a\": []}", "\0\0\0\0", "\uFEFF{}", "{\"\\ud800\": 1}", "{\"path\": \"a\\u0000b\"}",
        new string('[', 100_000), string.Concat(Enumerable.Repeat("{\"a\":", 100_000)), new string(' ', 100_000),
    ];

    private readonly TemporaryFolder _outside = new();

    public static TheoryData<string, string> Files
    {
        get
        {
            var files = new TheoryData<string, string>();
            foreach (string model in (string[])["inference-free-idf", "random-bert-sum"])
            {
                string folder = Path.Combine(Repository.TestData, "models", model);
                foreach (string file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
                {
                    files.Add(model, Path.GetRelativePath(folder, file).Replace('\\', '/'));
                }
            }

            return files;
        }
    }

    public void Dispose() => _outside.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Read_DamagedFile_LoadsOrIsRefused(string model, string file)
    {
        using TemporaryModel copy = TemporaryModel.CopyOf(Path.Combine(Repository.TestData, "models", model));
        string whole = await File.ReadAllTextAsync(copy.PathOf(file));
        var random = new Random(file.Length + model.Length);
        foreach (string content in Contents.Concat(Enumerable.Range(0, TriesPerFile).Select(_ => Damage(whole, random))))
        {
            copy.Write(file, content);
            await AssertLoadsOrIsRefusedAsync(copy.Folder, $"{file}: {content[..Math.Min(content.Length, 2000)]}");
        }

        foreach (Action<string> make in OtherThings())
        {
            File.Delete(copy.PathOf(file));
            make(copy.PathOf(file));
            await AssertLoadsOrIsRefusedAsync(copy.Folder, $"{file}: {make.Method.Name}");
            if (Directory.Exists(copy.PathOf(file)))
            {
                Directory.Delete(copy.PathOf(file));
            }
        }
    }

    private static string Damage(string whole, Random random)
    {
        if (random.Next(5) == 0)
        {
            return whole[..random.Next(whole.Length)];
        }

        JsonNode root = JsonNode.Parse(whole)!;
        JsonNode place = root;
        while (Child(place, random) is JsonNode child && random.Next(4) > 0)
        {
            place = child;
        }

        // Put in as text: JsonNode holds no half surrogates.
        const string Mark = "\"the place\"";
        string text = Mark;
        if (place.Parent is not null)
        {
            place.ReplaceWith(JsonValue.Create("the place"));
            text = root.ToJsonString();
        }

        return text.Replace(Mark, Values[random.Next(Values.Length)], StringComparison.Ordinal);
    }

    private static JsonNode? Child(JsonNode node, Random random)
    {
        JsonNode?[] children = node switch
        {
            JsonObject members => [.. members.Select(m => m.Value)],
            JsonArray items => [.. items],
            _ => [],
        };
        return children.Length == 0 ? null : children[random.Next(children.Length)];
    }

    private IEnumerable<Action<string>> OtherThings()
    {
        yield return path => Directory.CreateDirectory(path);
        if (OperatingSystem.IsWindows())
        {
            yield break;
        }

        yield return NamedPipe.Make;
        yield return path => File.CreateSymbolicLink(path, "/etc/passwd");
        yield return path => File.CreateSymbolicLink(path, "/dev/zero");
        yield return path => File.CreateSymbolicLink(path, "/dev/stdin");
        yield return path => File.CreateSymbolicLink(path, Path.GetFileName(path));
        yield return path => File.CreateSymbolicLink(path, "nothing");
        yield return path => File.CreateSymbolicLink(path, _outside.Write("outside.json", "{}"));
        yield return path =>
        {
            using FileStream hole = File.Create(path);
            hole.SetLength(1L << 40);
        };
    }

    private static async Task AssertLoadsOrIsRefusedAsync(string folder, string what)
    {
        Task<(Exception? Error, long Bytes)> reading = Task.Run(() => Load(folder));
        Task first = await Task.WhenAny(reading, Task.Delay(TimeSpan.FromMinutes(1)));
        Assert.True(first == reading, $"Still reading after a minute: {what}");
        (Exception? error, long bytes) = await reading;
        Assert.True(error is null or SpladeModelException, $"{error} for {what}");
        Assert.True(bytes < MostBytes, $"{bytes} bytes for {what}");
    }

    private static (Exception? Error, long Bytes) Load(string folder)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Exception? error = Record.Exception(() =>
        {
            var parts = SpladeParts.Read(new SpladeEngineOptions { ModelFolder = folder });
            parts.Ahead?.Dispose();
            _ = parts.Queries?.Encode("mars", 0, new SpladeCall(parts, new SpladeEncodingOptions { InputType = EmbeddingInputType.Query }).Request);
        });
        return (error, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
