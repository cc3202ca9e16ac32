using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>What `splade encode` was asked for.</summary>
internal sealed record EncodeSettings(
    string Folder,
    string Input,
    string Output,
    bool Query,
    int? MaxActiveDimensions,
    int? MaxLength,
    LongTextSettings LongTexts,
    FormatSettings? Format,
    bool Stats,
    EngineSettings Engine);
