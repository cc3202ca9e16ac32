using System.Text.RegularExpressions;

namespace Splade.AI.Tests;

/// <summary>The structure that the README describes, held by looking at the sources.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string Library = Path.Combine(Repository.Root, "src", "Splade.AI");

    /// <summary>Which folders of the library a folder may name. The root, which ties them together, may name all.</summary>
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Files"] = [],
        ["Tokenization"] = ["Files"],
        ["OnnxGraph"] = ["Files"],
        ["ModelFiles"] = ["Files", "Tokenization", "OnnxGraph"],
        ["Decoding"] = [],
        ["Telemetry"] = [],
        ["Onnx"] = ["Files", "Tokenization", "OnnxGraph", "Decoding", "Telemetry"],
        ["Policy"] = ["Tokenization"],
        ["Pooling"] = [],
        ["Display"] = [],
        ["Explanation"] = ["Tokenization", "Policy", "Display"],
        ["Similarity"] = [],
        ["VectorFiles"] = [],
        ["Search"] = ["Files"],
        ["Hybrid"] = ["Files", "Search"],
        ["Evaluation"] = ["Files", "Search", "Hybrid"],
        ["DependencyInjection"] = ["ModelFiles", "Onnx", "Policy", "Tokenization"],
        ["Tools"] = ["Tokenization", "Explanation", "Hybrid"],
    };

    public static TheoryData<string> Folders => new(MayUse.Keys);

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_UsesOfOtherFolders_FollowTheArrows(string folder)
    {
        IEnumerable<string> wrong =
            from file in Sources(Path.Combine(Library, folder))
            from Match use in FolderName().Matches(File.ReadAllText(file))
            let target = use.Groups["folder"].Value
            where MayUse.ContainsKey(target) && target != folder && !MayUse[folder].Contains(target)
            select $"{Path.GetFileName(file)} -> {target}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Folders_OfTheLibrary_AreTheKnownOnes()
    {
        IEnumerable<string> folders = Directory.GetDirectories(Library).Select(f => Path.GetFileName(f)).Except(["bin", "obj"]);
        Assert.Equal(MayUse.Keys.Order(), folders.Order());
    }

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
        string[] free = ["src/Splade.AI", "src/Splade.Cli", "samples/RagChat", "tests/Splade.AI.Tests", "tests/RagChat.Tests", "tests/Splade.Cli.Tests"];
        IEnumerable<string> wrong = free
            .SelectMany(f => Sources(Path.Combine(Repository.Root, f)))
            .Where(f => Regex.IsMatch(
                File.ReadAllText(f), @"^using (Microsoft\.SemanticKernel|Microsoft\.ML\.Tokenizers|Splade\.SemanticKernel)\b", RegexOptions.Multiline));
        Assert.Empty(wrong);
    }

    [Fact]
    public void Projects_ThatNeedPackagesFewFeedsHave_AreLeftOutWithoutThem()
    {
        IEnumerable<string> marked = Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(f => File.ReadAllText(f).Contains("<LeftOutWithoutItsPackages>true<", StringComparison.Ordinal))
            .Select(f => Path.GetFileNameWithoutExtension(f));
        Assert.Equal(["KernelChat", "Splade.Agents.Tests", "Splade.SemanticKernel", "Splade.SemanticKernel.Tests"], marked.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Search", "SpladeEngine|Tokenizer|EmbeddingGenerator")]
    [InlineData("Tokenization", "SpladeEngine|SparseVector|EmbeddingGenerator")]
    [InlineData("Explanation", "SpladeEngine|SpladeTracer|EmbeddingGenerator")]
    [InlineData("Pooling", "SpladeEngine|Tokenizer|EmbeddingGenerator")]
    public void Folder_TypesOfTheRoot_ThatItMustNotKnow(string folder, string types)
    {
        IEnumerable<string> wrong = Sources(Path.Combine(Library, folder)).Where(f => Regex.IsMatch(File.ReadAllText(f), $@"\b({types})\b"));
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("Search")]
    [InlineData("Hybrid")]
    public void Folder_ThatKeepsData_AsksNoClock(string folder)
    {
        // A clock may go back.
        IEnumerable<string> wrong = Sources(Path.Combine(Library, folder))
            .Where(f => Regex.IsMatch(File.ReadAllText(f), @"\b(UtcNow|Now|Stopwatch|TimeProvider|TickCount64?|LastWriteTime\w*|CreationTime\w*)\b"));
        Assert.Empty(wrong);
    }

    [Fact]
    public void Sources_OfTheWholeRepository_StaySmall()
    {
        string[] folders = ["src", "samples", "tests", "eng"];
        IEnumerable<string> wrong = folders
            .SelectMany(f => Sources(Path.Combine(Repository.Root, f)))
            .Append(Path.Combine(Repository.Root, "build.cs"))
            .Select(f => (File: f, Lines: File.ReadLines(f).Count()))
            .Where(f => f.Lines > 400)
            .Select(f => $"{f.File}: {f.Lines} lines");
        Assert.Empty(wrong);
    }

    private static IEnumerable<string> Sources(string folder) => Directory
        .EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [GeneratedRegex(@"\bSplade\.AI\.(?<folder>[A-Z]\w+)|^using (?<folder>[A-Z]\w+);", RegexOptions.Multiline)]
    private static partial Regex FolderName();

    [GeneratedRegex(@"\bnew (SessionOptions|InferenceSession)\b")]
    private static partial Regex OnnxRuntimeObject();

    [GeneratedRegex(@"\bOrtEnv\.\w")]
    private static partial Regex OnnxRuntimeEnvironment();
}
