using Splade.Benchmarks.Commands;
using Splade.Benchmarks.Encoding;
using Splade.Benchmarks.Memory;
using Splade.Benchmarks.Queries;
using Splade.Benchmarks.Tokenization;

return CommandLine.Run(args, new CommandList(
    [
        new("encode", "documents per second and memory, against FastEmbed's arithmetic and a careful loop", EncodeBenchmark.Run) { Options = EncodeBenchmark.Options },
        new("tokenizer", "tokens per second on one core, against the obvious implementation", _ => TokenizerBenchmark.Run()),
        new("queries", "microseconds for one query of ten words, by a model and looked up", _ => QueryBenchmark.Run()),
    ],
    [
        new(MemoryCommand.Name, MemoryCommand.Options, MemoryCommand.RunInChild),
    ]));
