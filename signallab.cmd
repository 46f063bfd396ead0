@echo off
rem Builds the program where it is not built yet or is older than the sources, then starts it.
setlocal
set "root=%~dp0"
dotnet build "%root%src\SignalLab.Cli" -c Release -v quiet -nologo 1>&2 || exit /b 1
set "DOTNET_GCgen0size=2000000"
"%root%src\SignalLab.Cli\bin\Release\net10.0\signallab.exe" %*
exit /b %errorlevel%
