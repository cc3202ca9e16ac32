using Splade.Benchmarks.BeyondMemory;
using Splade.Benchmarks.Bm25;
using Splade.Benchmarks.Checkpoints;
using Splade.Benchmarks.Commands;
using Splade.Benchmarks.Encoding;
using Splade.Benchmarks.Gpu;
using Splade.Benchmarks.Guarding;
using Splade.Benchmarks.Hybrid;
using Splade.Benchmarks.Latency;
using Splade.Benchmarks.Memory;
using Splade.Benchmarks.Micro;
using Splade.Benchmarks.Profiling;
using Splade.Benchmarks.Queries;
using Splade.Benchmarks.Searching;
using Splade.Benchmarks.Serving;
using Splade.Benchmarks.Startup;
using Splade.Benchmarks.Tokenization;

return CommandRunner.Run(args, new CommandList(
    [
        new("encode", "documents per second and memory, against FastEmbed's arithmetic and a careful loop", EncodeBenchmark.Run) { Options = EncodeBenchmark.Options },
        new("soak", "whether memory grows over ten thousand documents", SoakBenchmark.Run) { Options = SoakBenchmark.Options },
        new("latency", "milliseconds for one query of 16 tokens, with 1, 8 and 64 callers, and to load a model", LatencyBenchmark.Run) { Options = LatencyBenchmark.Options },
        new("busy", "milliseconds for one query while documents are encoded, and what the queries cost those", BusyBenchmark.Run) { Options = BusyBenchmark.Options },
        new("profile", "where a model's time goes on one core, and the most that a faster decoder can win", ProfileBenchmark.Run) { Options = ProfileBenchmark.Options },
        new("micro", "tokenizer, pooling and vectors by BenchmarkDotNet; words after it choose by name", MicroBenchmark.Run) { TakesFilter = true },
        new("tokenizer", "tokens per second on one core, against the obvious implementation", _ => TokenizerBenchmark.Run()),
        new("bm25", "documents per second of BM25, against its steps written plainly", _ => Bm25Benchmark.Run()),
        new("search", "milliseconds for the best ten of many sparse vectors, against a posting loop", SearchBenchmark.Run) { Options = SearchBenchmark.Options },
        new("beyond-memory", "milliseconds for the best ten of a folder that is larger than the memory for it (Linux, root)", BeyondMemoryBenchmark.Run) { Options = BeyondMemoryBenchmark.Options },
        new("weights", "speed, loading and memory of models from their weights, against their ONNX files", CheckpointBenchmark.Run) { Options = CheckpointBenchmark.Options },
        new("gpu", "documents per second on a graphics card, in 32 and 16 bits, checked against the processors", GpuBenchmark.Run) { Options = GpuBenchmark.Options },
        new("guard", "whether what is promised to be fast still is, as ratios to obvious ways; fails far below", GuardBenchmark.Run) { Options = GuardBenchmark.Options },
        new("startup", "milliseconds of programs that do one thing and end, as built and as machine code", StartupBenchmark.Run) { Options = StartupBenchmark.Options },
        new("serve", "documents per second that splade serve gives, against the engine in the process", _ => ServeBenchmark.Run()),
        new("queries", "microseconds for one query of ten words, by a model and looked up", _ => QueryBenchmark.Run()),
        new("dense", "documents and queries per second of a dense model, alone and in hybrid search", DenseBenchmark.Run) { Options = DenseBenchmark.Options },
    ],
    [
        new(MemoryCommand.Name, MemoryCommand.Options, MemoryCommand.RunInChild),
        new(CoresCommand.Name, CoresCommand.Options, CoresCommand.RunInChild),
        new(LoadCommand.Name, LoadCommand.Options, LoadCommand.RunInChild),
        new(FilledFolder.Name, FilledFolder.Options, FilledFolder.RunInChild),
        new(SearchedFolder.Name, SearchedFolder.Options, SearchedFolder.RunInChild),
    ]));
