using System.Text.RegularExpressions;

namespace Splade.AI.Evaluation.Tests.Datasets;

/// <summary>The test collection that comes with the samples: its documents are the handbook's sections, and its judgments are of them.</summary>
public sealed partial class HandbookCollectionTests
{
    private const string Folder = "samples/handbook-eval";

    private static readonly EvaluationDataset Handbook = EvaluationDataset.Open(Path.Combine(Repository.Root, Folder));

    [Fact]
    public void Documents_AreTheSectionsOfTheHandbook()
    {
        IEnumerable<string> files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples/RagChat/Corpus"), "*.md").Order(StringComparer.Ordinal);

        Assert.Equal(files.SelectMany(Sections), Handbook.ReadDocuments());
    }

    [Fact]
    public void Judgments_AreOfDocumentsThatExistAndAnswerEveryQuery()
    {
        EvaluationDatasetCheck check = Handbook.Check();

        Assert.Empty(check.Warnings);
        Assert.Equal(Handbook.Queries, Handbook.JudgedQueries);
        Assert.Equal(Handbook.Queries.Count, Handbook.Queries.Select(query => query.Text).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Readme_CountsWhatIsThere()
    {
        var readme = new MarkdownPage($"{Folder}/README.md");
        int judgments = File.ReadLines(Handbook.QrelsPath).Count() - 1;

        Assert.Contains($"{Handbook.CountDocuments()} documents, {Handbook.Queries.Count} queries, {judgments} judgments", readme.Text);
        Assert.All(Handbook.Queries.CountBy(query => query.Id.Split('-')[0]), kind => Assert.Contains($"{kind.Value} `{kind.Key}`", readme.Text));
        Assert.All(readme.LinkedPaths, path => Assert.True(Path.Exists(path), path));
    }

    private static IEnumerable<EvaluationDocument> Sections(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        string[] parts = File.ReadAllText(path).ReplaceLineEndings("\n").Split("\n## ");
        (string title, string introduction) = FirstLine(parts[0]["# ".Length..]);
        yield return new EvaluationDocument(name, title, introduction);
        foreach ((string heading, string text) in parts.Skip(1).Select(FirstLine))
        {
            yield return new EvaluationDocument($"{name}#{NoWord().Replace(heading.ToLowerInvariant(), "-")}", $"{title}: {heading}", text);
        }
    }

    private static (string Line, string Text) FirstLine(string part)
    {
        string[] halves = part.Split('\n', 2);
        return (halves[0], halves[1].Trim());
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NoWord();
}
