using System.Globalization;
using Splade.AI;
using Splade.Benchmarks.Commands;
using Splade.Benchmarks.Corpora;
using Splade.Benchmarks.Measuring;
using Splade.Benchmarks.Memory;

namespace Splade.Benchmarks.Encoding;

/// <summary>How many documents per second one process encodes, against FastEmbed's arithmetic and a careful loop over ONNX Runtime.</summary>
internal static class EncodeBenchmark
{
    public static readonly IReadOnlyList<BenchmarkOption> Options =
    [
        new("--models", "tiny,minilm,base", "which models: tiny unless given; the others have random weights and are written the first time"),
        new("--model", "FOLDER", "a model of yours instead, in the layout of Sentence Transformers, with onnx/model.onnx giving logits"),
        new("--contenders", "ID,...", $"which contenders: {string.Join(", ", EncoderContenders.All.Select(c => c.Id))}"),
        new("--documents", "N", "how many documents a round has: 64, 24 or 12 unless given, by the model"),
        new("--rounds", "N", $"how many rounds: {FixedWork.DefaultRounds} unless given"),
        new("--memory-documents", "N", "how many documents the processes encode whose memory is measured"),
        new("--cores", "N,...", "instead of comparing: how Splade.AI's speed grows with the processors that its process may use"),
        new("--no-memory", "", "leave out the memory, which takes a process for each contender"),
    ];

    public static Report Run(Arguments arguments)
    {
        if (arguments.List("--cores") is IReadOnlyList<string> cores)
        {
            return CoresTable.Run(cores, arguments);
        }

        IReadOnlyList<EncoderContender> contenders = EncoderContenders.Find(arguments.List("--contenders"));
        int rounds = arguments.Number("--rounds") ?? FixedWork.DefaultRounds;
        return new Report(
            "Encoding",
            $"Documents per second from text to sparse vector in one process, in {rounds} rounds after a warm-up: every contender encodes the same documents "
            + "once in each round, in turn. \"FastEmbed's arithmetic\" is an emulation: what FastEmbed does with raw logits, restated in C# with one "
            + "vectorised pass per step of NumPy, over the same ONNX Runtime. The careful loop sorts texts by their tokens and takes the maximum first, "
            + "on all cores. Ratios are to the careful loop of the best median. Memory is that of a process with that contender alone: at most while "
            + "it encodes, and by how much that is more than with the model loaded. Before the rounds all vectors are compared: \"differs by\" is the "
            + $"largest difference of a value, and over {Agreement.Tolerance:G1} nothing is measured.",
            [.. EncodeModel.Find(arguments).Select(model => Measure(model, contenders, rounds, arguments))]);
    }

    private static string Measure(EncodeModel model, IReadOnlyList<EncoderContender> contenders, int rounds, Arguments arguments)
    {
        string folder = model.Folder();
        using var context = new EncoderContext(folder);
        Documents documents = Documents.ReadOrGenerate(new TextGenerator(context.Raw.Tokenizer)).Sample(arguments.Number("--documents") ?? model.Documents);
        int[] tokens = [.. documents.Texts.Select(text => context.Raw.Tokenize(text).Length)];
        var room = new RoomForLogits(tokens.Max(), context.Raw.Tokenizer.Vocabulary.Count);
        LoadedContender[] loaded = [.. contenders.Where(room.Has).Select(contender => new LoadedContender(contender, context))];
        try
        {
            WarmUp(loaded, documents.Texts);
            Say($"{model.Name}: all vectors agree");
            IReadOnlyList<Measurement> measured = FixedWork.Compare(
                [.. loaded.Select(one => new Contender(one.Contender.Name, () => one.Encode(documents.Texts).Count))],
                rounds,
                Say);
            EncodeRow[] rows = [.. loaded.Zip(measured, (one, rates) => new EncodeRow(one.Contender, one.Agreement!, rates))];
            if (!arguments.Has("--no-memory"))
            {
                int count = arguments.Number("--memory-documents") ?? model.MemoryDocuments;
                rows = [.. rows.Select(row => row with { Memory = MemoryCommand.Measure(folder, row.Contender.Id, count) })];
            }

            string about = string.Create(
                CultureInfo.InvariantCulture,
                $"{model.Name} on {documents.Description}, {tokens.Average():N0} tokens on average, {tokens.Max()} at most, {rows[0].Agreement.MeanEntries:N0} entries in a vector.{model.Notice}");
            return $"{about}{room.Notice}\n\n{EncodeTable.Format(rows)}";
        }
        finally
        {
            Array.ForEach(loaded, one => one.Dispose());
        }
    }

    private static void WarmUp(LoadedContender[] contenders, IReadOnlyList<string> texts)
    {
        Array.ForEach(contenders, contender => contender.CompileForGood());
        LoadedContender reference = contenders.FirstOrDefault(c => c.Contender.Kind == ContenderKind.Careful) ?? contenders[0];
        IReadOnlyList<SparseVector> expected = reference.Encode(texts);
        foreach (LoadedContender contender in contenders)
        {
            contender.Compare(expected, contender.Encode(texts));
        }
    }

    private static void Say(string progress) => Console.Error.WriteLine($"> {progress}");
}
