using System.Globalization;
using System.Text;
using Splade.AI.ModelFiles;
using Splade.AI.ModelFiles.Catalog;
using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>The known models for a person to read: the name of each, which is long, over lines of what is known of it.</summary>
internal static class ModelList
{
    private const string Unknown = "?";
    private const string Indent = "  ";
    private const double Megabyte = 1e6;

    public static string Create(IReadOnlyList<CatalogModel> models, HashSet<string> cached)
    {
        string[] sources = [.. models.Select(m => m.ScoreSource).OfType<string>().Distinct()];
        var table = new TextTable("BEIR", " SIZE", "LOADS FROM", "LICENCE", "QUERIES", "PROVEN", "CACHED");
        foreach (CatalogModel model in models)
        {
            table.Add(
                Score(model, sources),
                model.DownloadBytes is long bytes ? string.Create(CultureInfo.InvariantCulture, $"{bytes / Megabyte:0} MB") : Unknown,
                model.HasOnnxFile switch { true => "ONNX", false => "weights", null => model.Kind == EncoderKind.Bm25 ? "nothing" : Unknown },
                (model.License ?? Unknown) + (model.CommercialUse == false ? " (non-commercial)" : "") + (model.Gated == true ? ", gated" : ""),
                Queries(model),
                Word(model.Evidence),
                cached.Contains(model.Id) ? "yes" : "no");
        }

        string[] rows = table.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var text = new StringBuilder($"{Indent}{rows[0]}\n");
        foreach ((CatalogModel model, string row) in models.Zip(rows.Skip(1)))
        {
            text.Append($"{model.Id}\n{Indent}{row}\n{Indent}{string.Join(", ", Facts(model))}\n");
        }

        return text.Append('\n').Append(Legend(sources)).ToString();
    }

    private static string Score(CatalogModel model, string[] sources) => model.BeirNdcg10 is double score
        ? string.Create(CultureInfo.InvariantCulture, $"{score:F1} [{Array.IndexOf(sources, model.ScoreSource) + 1}]")
        : Unknown;

    private static string Queries(CatalogModel model) => model.Kind switch
    {
        EncoderKind.Splade => model.InferenceFreeQueries switch { true => "look-up", false => "model", null => Unknown },
        EncoderKind.Bm25 or EncoderKind.Bm42 => "words",
        _ => "model",
    };

    /// <summary>What is known of it besides: its kind, dimensions, languages, and who multiplies by the inverse document frequency.</summary>
    private static IEnumerable<string> Facts(CatalogModel model)
    {
        yield return Models.NameOf(model.Kind);
        if (model.Dimensions is int dimensions)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{dimensions} dimensions");
        }

        if (model.Languages is { } languages)
        {
            yield return languages is [string one] ? one : string.Create(CultureInfo.InvariantCulture, $"{languages.Count} languages");
        }

        if (model.RequiresIdf is bool required)
        {
            yield return required ? "IDF by the store" : "IDF in the weights";
        }
    }

    private static string Word(ModelEvidence evidence) => evidence switch
    {
        ModelEvidence.Checkpoint => "itself",
        ModelEvidence.Architecture => "its kind",
        ModelEvidence.PlainLoops => "by loops",
        _ => "no",
    };

    private static string Legend(string[] sources)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            BEIR     mean nDCG@10 of 13 data sets in percent; BM25 has {ModelCatalog.Bm25BeirNdcg10}. Published in

            """));
        foreach ((int number, string source) in sources.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"         [{number + 1}] {source}\n");
        }

        return text.Append("""
            QUERIES  are run through the model, or their tokens are looked up in a table, or their words count 1
            IDF      the inverse document frequency is in the weights, or the store has to multiply by it
            PROVEN   itself: these weights give the values of Sentence Transformers; its kind: other weights
                     of its architecture do; by loops: its architecture gives what plain loops give; no: read

            """).ToString();
    }
}
