using System.Globalization;
using System.Text;
using System.Text.Json;
using Splade.AI;
using Splade.Benchmarks.Commands;
using Splade.Benchmarks.Latency;
using Splade.Benchmarks.Measuring;

namespace Splade.Benchmarks.Searching;

/// <summary>How long the best ten of many sparse vectors take, exactly, against scoring each document and against a plain posting loop.</summary>
internal static class SearchBenchmark
{
    public static readonly IReadOnlyList<BenchmarkOption> Options =
    [
        new("--size", "N[,N...]", "how many generated documents: 100000 unless given"),
        new("--topics", "N", "also as many documents whose terms go together, in so many topics: as they come, and one topic after the other"),
        new("--words", "N", "how many documents of hashed words, by their numbers and by their hashes, and with IDF by the index: none unless given"),
        new("--dense", "N", "how many dense vectors of 384 dimensions: none unless given"),
        new("--busy", "SECONDS", "how long 64 searchers and a writer share an index of 100,000 documents: not at all unless given"),
        new("--data", "FOLDER", "also the texts and the queries of a collection (BEIR files), encoded by a model"),
        new("--model", "FOLDER", "that model: models/splade-tiny unless given"),
        new("--docs", "FILE", "documents of yours instead, as SPCSR001; prints one line of JSON and nothing else"),
        new("--queries", "FILE", "the queries for them"),
        new("--threads", "N", "how many threads a search may take: 1 and 2 unless given, for --docs as many as there are processors"),
    ];

    private const int Queries = 200;
    private const int BaselineRounds = 1;

    public static Report Run(Arguments arguments)
    {
        int? given = arguments.Number("--threads");
        if (arguments.Text("--docs") is string documents)
        {
            string queries = arguments.Text("--queries") ?? throw new UsageException("--docs needs --queries FILE.");
            return new Report("Search", "", [MeasureFiles(documents, queries, given ?? Environment.ProcessorCount)]) { IsPlain = true };
        }

        int[] threads = given is int count ? [count] : [1, 2];
        int[] sizes = [.. (arguments.List("--size") ?? ["100000"]).Select(ParseSize)];
        string[] tables = [.. sizes.Select(size => MeasureGenerated(size, threads))];
        if (arguments.Number("--topics") is int topics)
        {
            tables = [.. tables, .. sizes.SelectMany(size => MeasureTopics(size, topics, threads))];
        }

        if (arguments.Text("--data") is string data)
        {
            string model = arguments.Text("--model") ?? Path.Combine(Repository.Root, "models", "splade-tiny");
            (SparseVector[] encoded, SparseVector[] asked) = EncodedDataset.Read(data, model);
            tables = [.. tables, $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(data))}, encoded by {Path.GetFileName(model)}. " + Measure(encoded, asked, threads)];
        }

        if (arguments.Number("--words") is int texts)
        {
            tables = [.. tables, HashedWordsTable.Measure(texts)];
        }

        if (arguments.Number("--dense") is int vectors)
        {
            tables = [.. tables, DenseSearchTable.Measure(vectors, threads)];
        }

        if (arguments.Number("--busy") is int seconds)
        {
            tables = [.. tables, BusyIndex.Measure(100_000, seconds)];
        }

        return new Report(
            "Search",
            $"Milliseconds for the best {SearchRun.Top} of sparse vectors in a folder, with the keys 0, 1, 2, …, put in at once and opened again, all bytes checked: "
            + $"{Queries} generated queries of 43 terms one after the other, the best of several rounds of each. Generated documents have 119 terms on average, with the popularity and the weights of a SPLADE model's. Exactness is the share of "
            + "queries for which keys, order and scores are those of scoring each document. Scoring each document takes all processors, the posting loop (float "
            + "scores of all documents, an int and a float for each entry) one.",
            tables);
    }

    private static int ParseSize(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size > 0
        ? size
        : throw new UsageException($"--size has '{text}', expected numbers above 0.");

    private static string MeasureGenerated(int size, int[] threads)
    {
        var generated = new GeneratedVectors(seed: 1);
        SparseVector[] documents = [.. Enumerable.Range(0, size).Select(_ => generated.Document())];
        SparseVector[] queries = [.. Enumerable.Range(0, Queries).Select(_ => generated.Query())];
        return Measure(documents, queries, threads);
    }

    private static IEnumerable<string> MeasureTopics(int size, int topics, int[] threads)
    {
        var generated = new TopicVectors(seed: 1, topics);
        (SparseVector Vector, int Topic)[] documents = [.. Enumerable.Range(0, size).Select(_ => (generated.Document(), generated.Topic))];
        SparseVector[] queries = [.. Enumerable.Range(0, Queries).Select(_ => generated.Query())];
        yield return $"Of {topics:N0} topics, as they come. " + Measure(Array.ConvertAll(documents, document => document.Vector), queries, threads);
        yield return $"Of {topics:N0} topics, one after the other. " + Measure([.. documents.OrderBy(document => document.Topic).Select(document => document.Vector)], queries, threads);
    }

    private static string Measure(SparseVector[] documents, SparseVector[] queries, int[] threads)
    {
        int size = documents.Length;
        SearchRun run = SearchRun.Measure(documents, queries, threads);
        var loop = new PostingLoop(documents);
        Percentiles postings = SearchTimes.Measure(queries, BaselineRounds, query => loop.Search(query, SearchRun.Top));
        Percentiles each = SearchTimes.Measure([.. queries.Take(10)], BaselineRounds, query => ScoreEach.Search(documents, query, SearchRun.Top));
        var table = new StringBuilder()
            .AppendLine(
                CultureInfo.InvariantCulture,
                $"{size:N0} documents: built in {run.BuildSeconds:N1} s ({size / run.BuildSeconds:N0} a second), {(double)run.DiskBytes / size / 1024:N2} KB on disk and "
                + $"{(double)run.Growth / size / 1024:N2} KB of resident memory for each, opened in {run.OpenSeconds:N2} s, exactness {run.Exactness:N3}.")
            .AppendLine()
            .AppendLine("| search | p50 | p99 | of the posting loop's p50 |")
            .AppendLine("|---|---:|---:|---:|");
        Row("scoring each document", each);
        Row("posting loop", postings);
        foreach ((int count, Percentiles times) in run.Times)
        {
            Row($"Splade.AI, {count} {(count == 1 ? "thread" : "threads")}", times);
        }

        return table.AppendLine().Append(ApproximateTable.Measure(documents, queries)).ToString();

        void Row(string name, Percentiles times) => table.AppendLine(
            CultureInfo.InvariantCulture, $"| {name} | {times.Median:N3} | {times.At(0.99):N3} | {times.Median / postings.Median:N3} |");
    }

    private static string MeasureFiles(string documents, string queries, int threads)
    {
        SearchRun run = SearchRun.Measure(CsrFile.Read(documents), CsrFile.Read(queries), [threads]);
        Percentiles times = run.Times[0].Milliseconds;
        return JsonSerializer.Serialize(new
        {
            documents = run.Documents,
            threads,
            build_seconds = run.BuildSeconds,
            bytes_on_disk = run.DiskBytes,
            open_seconds = run.OpenSeconds,
            resident_growth_bytes = run.Growth,
            p50_ms = times.Median,
            p99_ms = times.At(0.99),
            exactness = run.Exactness,
        }) + "\n";
    }
}
