using System.Text.RegularExpressions;

namespace Splade.AI.Tests.Architecture;

/// <summary>The structure that the README describes, held by looking at the sources.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string Library = Path.Combine(Repository.Root, "src", "Splade.AI");

    private static readonly SourceRooms Rooms = SourceRooms.Read(Library);

    /// <summary>Which rooms of the library a room names: all pairs, and no others. The root, which users see first, names what it likes and is named by none.</summary>
    private static readonly Dictionary<string, string[]> Uses = new()
    {
        ["Vectors"] = [],
        ["Files"] = ["Vectors"],
        ["Display"] = [],
        ["Telemetry"] = ["Vectors"],
        ["Tokenization"] = ["Vectors", "Files"],
        ["Hashing"] = [],
        ["Lexical"] = ["Vectors", "Files", "Tokenization"],
        ["OnnxGraph"] = ["Vectors", "Files"],
        ["Weights"] = ["Vectors", "Files"],
        ["Architectures"] = ["Vectors", "OnnxGraph", "Weights"],
        ["ModelFiles"] = ["Vectors", "Files", "Weights", "Architectures", "Telemetry", "Tokenization", "OnnxGraph"],
        ["TextEncoding"] = ["Vectors", "Telemetry", "Tokenization"],
        ["Pooling"] = ["Vectors"],
        ["Decoding"] = ["Vectors", "Pooling"],
        ["Onnx"] = ["Vectors", "Files", "Telemetry", "Tokenization", "OnnxGraph", "TextEncoding", "Pooling", "Decoding"],
        ["Policy"] = ["Vectors", "Tokenization"],
        ["Explanation"] = ["Vectors", "Display", "Tokenization", "Policy"],
        ["Engine"] = ["Vectors", "Files", "Telemetry", "Tokenization", "ModelFiles", "TextEncoding", "Pooling", "Onnx", "Policy", "Explanation"],
        ["Bm25"] = ["Vectors", "Telemetry", "Tokenization", "Hashing", "Lexical", "Explanation", "Engine"],
        ["BgeM3"] =
        [
            "Vectors", "Files", "Tokenization", "OnnxGraph", "Weights", "ModelFiles", "TextEncoding", "Pooling", "Onnx", "Explanation", "Engine",
        ],
        ["Bm42"] =
        [
            "Vectors", "Files", "Telemetry", "Tokenization", "Hashing", "Lexical", "OnnxGraph", "ModelFiles", "TextEncoding", "Onnx", "Explanation", "Engine",
        ],
        ["MiniCoil"] =
        [
            "Vectors", "Files", "Tokenization", "Hashing", "Lexical", "OnnxGraph", "ModelFiles", "TextEncoding", "Onnx", "Engine",
        ],
        ["VectorFormats"] = ["Vectors", "Display", "MiniCoil"],
        ["Search"] = ["Vectors", "Files"],
        ["Reranking"] = [],
        ["Hybrid"] = ["Vectors", "Telemetry", "Engine", "Search", "Reranking"],
        ["Ingest"] = ["Vectors", "Hybrid"],
        ["Tools"] = ["Vectors", "Telemetry", "Tokenization", "Explanation", "Engine", "Hybrid"],
        ["DependencyInjection"] = ["Vectors", "Tokenization", "ModelFiles", "TextEncoding", "Onnx", "Policy", "Engine", "BgeM3", "Bm42", "Reranking"],
    };

    [Fact]
    public void Rooms_OfTheLibrary_AreTheKnownOnes() => Assert.Equal(Uses.Keys.Order(), Rooms.Rooms.Select(Top).Where(r => r != SourceRooms.Root).Distinct().Order());

    [Fact]
    public void Rooms_OfTheLibrary_NameThoseThatTheyMay()
    {
        string[] wrong = Arrows()
            .Where(a => a.From != SourceRooms.Root && !Uses.GetValueOrDefault(a.From, []).Contains(a.To))
            .Select(a => $"{a.From}/{a.File} names {a.Name} of {(a.To == SourceRooms.Root ? "the root" : a.To)}")
            .Order()
            .ToArray();
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Rooms_OfTheLibrary_NameAllThatTheTableSays()
    {
        IEnumerable<string> unused = Uses.SelectMany(u => u.Value, (u, to) => (From: u.Key, To: to))
            .Except(Arrows().Select(a => (a.From, a.To)))
            .Select(a => $"{a.From} -> {a.To}");
        Assert.Empty(unused);
    }

    [Fact]
    public void Table_OfTheRooms_HasNoCircle() => Assert.Empty(InCircles(Uses.Keys, room => Uses[room]));

    [Fact]
    public void FoldersOfARoom_AmongThemselves_HaveNoCircle()
    {
        // A folder and the room that it is in are one; its neighbours there are others.
        var arrows = Rooms.Arrows
            .Where(a => Top(a.From) == Top(a.To) && a.From.Contains('/', StringComparison.Ordinal) && a.To.Contains('/', StringComparison.Ordinal))
            .ToLookup(a => a.From, a => a.To);
        string[] folders = Rooms.Rooms.Where(r => r.Contains('/', StringComparison.Ordinal)).ToArray();
        Assert.Empty(InCircles(folders, folder => arrows[folder]));
    }

    [Fact]
    public void Explanations_AreKnownToTheirRendering_AndKnowNothingOfIt() =>
        Assert.DoesNotContain(Rooms.Arrows, a => a.From == "Explanation" && a.To.StartsWith("Explanation/", StringComparison.Ordinal));

    [Fact]
    public void OnnxRuntime_IsNamedInItsFolderOnly()
    {
        IEnumerable<string> wrong = Sources(Library)
            .Where(f => !f.StartsWith(Path.Combine(Library, "Onnx"), StringComparison.Ordinal))
            .Where(f => File.ReadAllText(f).Contains("Microsoft.ML.OnnxRuntime", StringComparison.Ordinal));
        Assert.Empty(wrong);
    }

    [Fact]
    public void OnnxRuntime_IsStartedInOnePlace()
    {
        // What is made of it elsewhere, before that place was asked, would start it with its telemetry on.
        string[] folders = ["src", "samples", "tests"];
        IEnumerable<string> wrong =
            from file in folders.SelectMany(f => Sources(Path.Combine(Repository.Root, f)))
            where Path.GetFileName(file) != "OnnxRuntimeStart.cs"
            let code = File.ReadAllText(file)
            where OnnxRuntimeEnvironment().IsMatch(code)
                || (OnnxRuntimeObject().IsMatch(code) && !code.Contains("OnnxRuntimeStart.Ensure();", StringComparison.Ordinal))
            select file;
        Assert.Empty(wrong);
    }

    [Fact]
    public void SemanticKernel_IsNamedInItsOwnProjectsOnly()
    {
        string[] free =
        [
            "src/Splade.AI", "src/Splade.AI.Evaluation", "src/Splade.AI.Postgres", "src/Splade.AI.Qdrant", "src/Splade.AI.Remote", "src/Splade.Cli",
            "samples/RagChat", "tests/Splade.AI.Tests", "tests/Splade.AI.Evaluation.Tests", "tests/Splade.AI.Postgres.Tests", "tests/Splade.AI.Qdrant.Tests",
            "tests/Splade.AI.Remote.Tests", "tests/RagChat.Tests", "tests/Splade.Cli.Tests",
        ];
        IEnumerable<string> wrong = free
            .SelectMany(f => Sources(Path.Combine(Repository.Root, f)))
            .Where(f => Regex.IsMatch(
                File.ReadAllText(f), @"^using (Microsoft\.SemanticKernel|Microsoft\.ML\.Tokenizers|Splade\.SemanticKernel)\b", RegexOptions.Multiline));
        Assert.Empty(wrong);
    }

    [Fact]
    public void Sources_OfTheWholeRepository_StaySmall()
    {
        string[] folders = ["src", "samples", "tests"];
        IEnumerable<string> wrong = folders
            .SelectMany(f => Sources(Path.Combine(Repository.Root, f)))
            .Append(Path.Combine(Repository.Root, "build.cs"))
            .Select(f => (File: f, Lines: File.ReadLines(f).Count()))
            .Where(f => f.Lines > 400)
            .Select(f => $"{f.File}: {f.Lines} lines");
        Assert.Empty(wrong);
    }

    // Who names only what has been placed can be placed above it. Rooms of a circle, and those above one, never can.
    private static IEnumerable<string> InCircles(IReadOnlyCollection<string> rooms, Func<string, IEnumerable<string>> uses)
    {
        var placed = new HashSet<string>();
        while (rooms.FirstOrDefault(room => !placed.Contains(room) && uses(room).All(placed.Contains)) is string next)
        {
            placed.Add(next);
        }

        return rooms.Except(placed);
    }

    private static string Top(string room) => room.Split('/')[0];

    private static IEnumerable<RoomArrow> Arrows() =>
        Rooms.Arrows.Select(a => a with { From = Top(a.From), To = Top(a.To) }).Where(a => a.From != a.To).Distinct();

    private static IEnumerable<string> Sources(string folder) => Directory
        .EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [GeneratedRegex(@"\bnew (SessionOptions|InferenceSession)\b")]
    private static partial Regex OnnxRuntimeObject();

    [GeneratedRegex(@"\bOrtEnv\.\w")]
    private static partial Regex OnnxRuntimeEnvironment();
}
