using System.Text.Json.Nodes;

namespace Splade.Testing;

/// <summary>A copy of a model folder that a test may damage; deleted at the end of the test.</summary>
public sealed class TemporaryModel : IDisposable
{
    private TemporaryModel(string folder) => Folder = folder;

    public string Folder { get; }

    /// <param name="folder">The folder of a model.</param>
    /// <param name="name">The name of the copy; null for that of the folder.</param>
    public static TemporaryModel CopyOf(string folder, string? name = null)
    {
        string copy = Path.Combine(Directory.CreateTempSubdirectory("splade-tests-").FullName, name ?? Path.GetFileName(folder));
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return new TemporaryModel(copy);
    }

    public static TemporaryModel CopyOfSpladeTiny(string? name = null) => CopyOf(EngineFixture.ModelFolder, name);

    public static TemporaryModel CopyOfDense() => CopyOf(Path.Combine(Repository.Models, "all-minilm-l6-v2-int8"));

    /// <summary>DistilBERT with random weights: no <c>token_type_ids</c>, and ONNX files with other kinds of output.</summary>
    public static TemporaryModel CopyOfDistilBert() =>
        CopyOf(Path.Combine(Repository.TestData, "models", "random-distilbert-cased"));

    public string PathOf(string file) => Path.Combine(Folder, file.Replace('/', Path.DirectorySeparatorChar));

    public void Write(string file, string content) => File.WriteAllText(PathOf(file), content);

    /// <summary>Makes a token of the vocabulary a special one.</summary>
    public void AddSpecialToken(int id, string content)
    {
        JsonNode tokenizer = JsonNode.Parse(File.ReadAllText(PathOf("tokenizer.json")))!;
        tokenizer["added_tokens"]!.AsArray().Add(new JsonObject
        {
            ["id"] = id,
            ["content"] = content,
            ["single_word"] = false,
            ["lstrip"] = false,
            ["rstrip"] = false,
            ["normalized"] = false,
            ["special"] = true,
        });
        Write("tokenizer.json", tokenizer.ToJsonString());
    }

    public void Delete(string file) => File.Delete(PathOf(file));

    public void Replace(string file, string by) => File.Copy(PathOf(by), PathOf(file), overwrite: true);

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);
}
