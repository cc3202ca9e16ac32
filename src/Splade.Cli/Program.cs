using Splade.Cli;
using Splade.Cli.Terminal;

return await CommandRunner.RunAsync(SpladeCommandLine.Create(args), args).ConfigureAwait(false);
