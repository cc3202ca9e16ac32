using Splade.AI;

namespace Splade.Cli.Health;

/// <summary>Compares a model with its golden file.</summary>
internal static class GoldenCheck
{
    private const string Files = "files";
    private const string Golden = "golden";
    private const string NoFile = "of no file";

    /// <summary>The line of the first text: the header is before it.</summary>
    private const int FirstText = 2;

    public static async Task<IReadOnlyList<HealthCheck>> RunAsync(SpladeEngine engine, CancellationToken cancellationToken)
    {
        string path = GoldenFile.PathIn(engine.Model.Folder);
        if (!File.Exists(path))
        {
            return [new HealthCheck(Golden, HealthOutcome.Skipped, $"there is no {GoldenFile.Name}; `splade golden` writes one")];
        }

        try
        {
            GoldenFile golden = GoldenFile.Read(path);
            return [CheckFiles(engine, golden.Header), await CheckTextsAsync(engine, golden.Texts, cancellationToken).ConfigureAwait(false)];
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            string reason = $"{GoldenFile.Name} cannot be used: {e.Message} Write it anew with `splade golden`, from a model known to be good";
            return [new HealthCheck(Golden, HealthOutcome.Fail, reason)];
        }
    }

    private static HealthCheck CheckFiles(SpladeEngine engine, GoldenHeader header)
    {
        IReadOnlyDictionary<string, string> hashes = engine.Model.ComputeFileHashes();
        var problems = new List<string>();
        foreach (string file in header.Files.Keys.Union(hashes.Keys).Order(StringComparer.Ordinal))
        {
            string found = hashes.GetValueOrDefault(file) ?? NoFile;
            string expected = header.Files.GetValueOrDefault(file) ?? NoFile;
            if (found != expected)
            {
                problems.Add($"{file} has the SHA-256 {found}, expected {expected}");
            }
        }

        return HealthCheck.Of(Files, problems, $"{hashes.Count} files are those that {GoldenFile.Name} was made with");
    }

    private static async Task<HealthCheck> CheckTextsAsync(SpladeEngine engine, IReadOnlyList<GoldenText> texts, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (IGrouping<EmbeddingInputType, (int Index, GoldenText Text)> group in texts.Index().GroupBy(t => t.Item.InputType))
        {
            var options = new SpladeEncodingOptions { InputType = group.Key };
            IReadOnlyList<SpladeEncoding> encodings =
                await engine.EncodeAsync(group.Select(t => t.Text.Text), options, cancellationToken).ConfigureAwait(false);
            foreach (((int index, GoldenText text), SpladeEncoding encoding) in group.Zip(encodings))
            {
                if (FindProblem(engine, text, encoding.Vector) is string problem)
                {
                    problems.Add($"line {index + FirstText}: {problem}");
                }
            }
        }

        return HealthCheck.Of(Golden, problems, $"{texts.Count} texts have the same tokens and vectors as in {GoldenFile.Name}");
    }

    private static string? FindProblem(SpladeEngine engine, GoldenText golden, SparseVector found)
    {
        if (!GoldenFile.Tokenize(engine, golden.Text).SequenceEqual(golden.Ids))
        {
            return "the text has other tokens";
        }

        try
        {
            float difference = VectorDifference.Largest(new SparseVector(golden.Indices, golden.Values, engine.Vocabulary.Count), found);
            return difference <= VectorDifference.Tolerance
                ? null
                : $"weights differ by up to {difference:G3}, expected at most {VectorDifference.Tolerance:G1}";
        }
        catch (ArgumentException e)
        {
            return $"the line holds no vector of this model: {e.Message}";
        }
    }
}
